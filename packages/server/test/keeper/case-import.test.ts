import { caseRules, keeperMessage } from "@parley/core";
import { base64url, checkpointText, originOf, sharedLog, verifyExport } from "@parley/ledger";
import { expect, onTestFinished, test } from "vitest";
import { Holdings } from "../../src/accounts/holdings.ts";
import { exportCase } from "../../src/keeper/case-export.ts";
import { importToStore } from "../../src/keeper/case-import.ts";
import { checkStore, exportFromStore } from "../../src/keeper/store-check.ts";
import { systemPorts } from "../../src/ports.ts";
import { openStore } from "../../src/store/open.ts";
import { device, person, startTestServer, TestCase } from "../table.ts";

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

test("a case whose principals name another keeper ends here, is exported once more, and goes on there", async () => {
  const [here, there] = [await startTestServer(), await startTestServer()];
  onTestFinished(async () => {
    await here.stop();
    await there.stop();
  });
  const talks = await TestCase.seated(here);
  const circle = await talks.circle("aldia", "borea");
  const { size, root } = await talks.head("aldia");
  const change = {
    key: there.services.keeper.key,
    checkpoint: checkpointText({ origin: originOf(talks.id, sharedLog), size, root }),
  };
  const borea = await device("borea");
  const signature = base64url(await borea.signer.sign(keeperMessage(talks.id, change)));
  const body = { ...change, consents: [{ device: borea.id, signature }] };
  const changed = await here.services.keeper.append(
    await talks.next("aldia", { kind: "KeeperChanged", body }),
  );
  expect(changed).toMatchObject({ acknowledged: { seq: size } });
  await expect(talks.say("borea", "too late")).rejects.toMatchObject({ status: 409, code: "not-keeper" });

  // The keeper that was replaced signs the file that ends with its replacement, and its store still holds.
  const exported = new Uint8Array(await (await talks.member("aldia").client.export(talks.id)).arrayBuffer());
  expect(await verifyExport([exported], caseRules)).toMatchObject({ valid: true });
  const old = await openStore({ data: here.folder, lock: false });
  onTestFinished(() => old.close());
  expect((await checkStore(old, () => undefined)).faults).toEqual([]);
  const whole = await exportFromStore(old, talks.id, undefined);
  if (!whole || whole === "not-keeper") throw new Error("it was not exported");

  const sql = await openStore({ data: there.folder, lock: false });
  onTestFinished(() => sql.close());
  expect(await importToStore(sql, whole)).toMatchObject({ case: talks.id, again: false });
  await new Holdings(sql, systemPorts).openReading(talks.id);
  expect((await checkStore(sql, () => undefined)).faults).toEqual([]);
  const reader = await person(there);
  expect(await reader.client.case(talks.id)).toMatchObject({ kept: true });
  const { keeper } = there.services;
  const said = await talks.next("aldia", {
    kind: "StatementMade",
    body: { form: "statement", text: "It goes on.", about: [] },
    after: { size: size + 1, root: (await reader.client.case(talks.id)).logs[0]?.root ?? "" },
  });
  expect(await keeper.append(said)).toMatchObject({ acknowledged: { seq: size + 1 } });
  const published = await keeper.readable(talks.id);
  if (!published) throw new Error("the case is not there");
  const lines: Uint8Array[] = [];
  for await (const line of exportCase(keeper.logs, published, undefined, keeper.signer)) lines.push(line);
  const verdict = await verifyExport(lines, caseRules);
  expect(verdict.valid && verdict.logs.map(({ log }) => log)).toEqual([sharedLog, circle]);
});
