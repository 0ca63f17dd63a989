import { expect, onTestFinished, test } from "vitest";
import { Holdings } from "../../src/accounts/holdings.ts";
import { exportCase } from "../../src/keeper/case-export.ts";
import { importToStore } from "../../src/keeper/case-import.ts";
import { systemPorts } from "../../src/ports.ts";
import { openStore } from "../../src/store/open.ts";
import { person, startTestServer, TestCase } from "../table.ts";

test("a case is taken into the store of a running server, which reads it out and takes nothing for it", async () => {
  const [here, there] = [await startTestServer(), await startTestServer()];
  onTestFinished(async () => {
    await here.stop();
    await there.stop();
  });
  const talks = await TestCase.seated(there);
  await talks.say("aldia", "as it was said there");
  const { keeper } = there.services;
  const published = (await keeper.file(talks.id))?.published;
  if (!published) throw new Error("the case is not there");
  const lines: Uint8Array[] = [];
  for await (const line of exportCase(keeper.logs, published, undefined, keeper.signer)) lines.push(line);

  // Somebody has asked for it before it was there.
  const reader = await person(here);
  await expect(reader.client.case(talks.id)).rejects.toMatchObject({ status: 404 });
  const sql = await openStore({ data: here.folder, lock: false });
  onTestFinished(() => sql.close());
  const source = async function* () {
    yield* lines;
  };
  expect(await importToStore(sql, source())).toMatchObject({ case: talks.id, again: false });
  expect(await importToStore(sql, source())).toMatchObject({ case: talks.id, again: true });
  await new Holdings(sql, systemPorts).openReading(talks.id);

  const { kept, logs: heads } = await reader.client.case(talks.id);
  expect(kept).toBe(false);
  expect(heads[0]).toMatchObject({ log: "shared", ...(await talks.head("aldia")) });
  const { items } = await reader.client.entries(talks.id, "shared", { limit: 1_000 });
  expect(JSON.stringify(items.at(-1))).toContain("as it was said there");
  await expect(reader.client.export(talks.id)).rejects.toMatchObject({ status: 409, code: "not-keeper" });
  const said = await talks.next("aldia", {
    kind: "StatementMade",
    body: { form: "statement", text: "x", about: [] },
  });
  const { keeper: other } = here.services;
  expect(await other.append(said)).toMatchObject({ refusal: { code: "not-keeper" } });
});
