import {
  type CaseId,
  deviceFromSecrets,
  newDeviceSecrets,
  openRecoveryKit,
  openSealed,
  seal,
  sharedLog,
  writeRecoveryKit,
} from "@parley/ledger";
import {
  armor,
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
} from "age-encryption";
import { describe, expect, test } from "vitest";

const caseId = "case" as CaseId;
const passphrase = "correct horse battery staple";
const secrets = newDeviceSecrets();

async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "opened",
    (error: unknown) => (error as { readonly code: unknown }).code,
  );
}

async function ageFile(content: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(8);
  return armor.encode(await encrypter.encrypt(content));
}

describe("a recovery kit", () => {
  test("opens with its passphrase, and with it everything that was sealed to its device", async () => {
    const device = await deviceFromSecrets(secrets);
    const context = {
      case: caseId,
      log: sharedLog,
      kind: "MessageSent",
      author: device.id,
      purpose: "message",
    };
    const sealed = await seal(context, "kept", [{ device: device.id, keys: device.keys }]);

    const kit = await writeRecoveryKit(caseId, secrets, { passphrase, scryptLogN: 8 });
    expect(kit).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    const opened = await openRecoveryKit(kit, { passphrase });
    expect(opened).toEqual({ caseId, secrets });
    const recovered = await deviceFromSecrets(opened.secrets);
    expect(recovered.id).toBe(device.id);
    expect(await openSealed(sealed, context, recovered.sealingKey)).toBe("kept");
  });

  test("opens for a hybrid identity", async () => {
    const identity = await generateHybridIdentity();
    const recipients = [await identityToRecipient(identity)];
    const kit = await writeRecoveryKit(caseId, secrets, { recipients });
    expect(await openRecoveryKit(kit, { identity })).toEqual({ caseId, secrets });
    expect(await codeOf(openRecoveryKit(kit, { identity: await generateHybridIdentity() }))).toBe(
      "cannot-open",
    );
  });

  test("is never locked with a classic key, alone or beside a hybrid one", async () => {
    const classic = await identityToRecipient(await generateX25519Identity());
    const hybrid = await identityToRecipient(await generateHybridIdentity());
    for (const recipients of [[classic], [hybrid, classic], []]) {
      expect(await codeOf(writeRecoveryKit(caseId, secrets, { recipients }))).toBe("weak-lock");
    }
  });

  test("is not locked with a short passphrase", async () => {
    expect(await codeOf(writeRecoveryKit(caseId, secrets, { passphrase: "elevenchars" }))).toBe("weak-lock");
  });

  test("takes about a second of work for each guess unless told otherwise", async () => {
    const kit = await writeRecoveryKit(caseId, secrets, { passphrase });
    const header = new TextDecoder("latin1").decode(armor.decode(kit));
    expect(header).toMatch(/^-> scrypt \S+ 18$/m);
  });

  test("does not open with another passphrase, damaged, or too large", async () => {
    const kit = await writeRecoveryKit(caseId, secrets, { passphrase, scryptLogN: 8 });
    expect(await codeOf(openRecoveryKit(kit, { passphrase: `${passphrase}!` }))).toBe("cannot-open");
    const bytes = armor.decode(kit);
    bytes[bytes.length - 20]! ^= 1;
    expect(await codeOf(openRecoveryKit(armor.encode(bytes), { passphrase }))).toBe("cannot-open");
    expect(await codeOf(openRecoveryKit("no age file", { passphrase }))).toBe("cannot-open");
    expect(await codeOf(openRecoveryKit(kit.repeat(300), { passphrase }))).toBe("too-large");
  });

  test("an age file that holds something else is no kit", async () => {
    const key = "A".repeat(43);
    for (const [content, code] of [
      ["hello", "bad-json"],
      ["{}", "bad-shape"],
      [`{"case":"c","format":"parley-recovery/2","sealing":"${key}","signing":"${key}"}`, "bad-shape"],
      [`{"case":"c","format":"parley-recovery/1","sealing":"AAAA","signing":"${key}"}`, "bad-shape"],
      [`{"case":"c","format":"parley-recovery/1","sealing":"${key}","signing":1}`, "bad-shape"],
    ] as const) {
      expect(await codeOf(openRecoveryKit(await ageFile(content), { passphrase }))).toBe(code);
    }
  });
});
