// A server under load that is about to be killed: sends events to its own keeper as fast as they are kept, and says on
// standard output what it sent ("sent ID"), what was acknowledged ("kept CASE ID SEQ") and what failed ("failed CODE").
// Built code, plain Node: `node crash-child.mjs DATA [DATABASE_URL]`.
import { writeSync } from "node:fs";
import {
  base64url,
  caseId,
  deviceFromSecrets,
  emptyHead,
  eventId,
  newDeviceSecrets,
  sharedLog,
  signedBytes,
} from "@parley/ledger";
import { readConfig, startServer } from "@parley/server";

const [data, databaseUrl = ""] = process.argv.slice(2);
const atOnce = 16;
const config = readConfig({ data, "database-url": databaseUrl, port: "0", "log-level": "silent" }, {});
const { services } = await startServer(config);
const device = await deviceFromSecrets(newDeviceSecrets());
const random = () => base64url(crypto.getRandomValues(new Uint8Array(16)));
const say = (line) => writeSync(1, `${line}\n`);

const opening = {
  title: "EXERCISE",
  keeper: services.keeper.key,
  nonce: random(),
  seats: [{ seat: "a", kind: "principal", name: "A" }],
  convener: "a",
  opener: { name: "x", office: "y", keys: device.keys },
};
const id = caseId(opening);
let n = 0;

async function send(kind, body) {
  const event = {
    v: 1,
    case: id,
    log: sharedLog,
    kind,
    author: device.id,
    n: n++,
    after: emptyHead,
    audience: "public",
    salt: random(),
    body,
  };
  const signature = base64url(await device.signer.sign(signedBytes(event)));
  const name = eventId(event);
  for (;;) {
    say(`sent ${name}`);
    try {
      const outcome = await services.keeper.append({ event, signature });
      if (outcome.acknowledged) return say(`kept ${id} ${name} ${outcome.acknowledged.seq}`);
      // Those before it failed and are on their way again.
      if (outcome.refusal.code !== "wrong-count") throw new Error(outcome.refusal.sentence);
    } catch (error) {
      if (error.name !== "StoreError") throw error;
      say(`failed ${error.code}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

await send("CaseOpened", opening);
say("ready");
const waiting = new Set();
for (;;) {
  const one = send("StatementMade", { form: "statement", text: "x".repeat(300), about: [] });
  waiting.add(one);
  one.then(
    () => waiting.delete(one),
    (error) => {
      say(`fault ${error.message}`);
      process.exit(3);
    },
  );
  if (waiting.size >= atOnce) await Promise.race(waiting);
}
