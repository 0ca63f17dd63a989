/**
 * The keeper of the log, whose key signs its checkpoints. It changes only by all seated principals: each head signs the
 * new key and the checkpoint at which it takes over. While the case convenes, the convener's signature of the event is
 * enough only if no principal but the convener is seated.
 */
import { messageBytes } from "@parley/ledger/event";
import { authorOf, headOf, principals } from "./people.ts";
import { refuse, type Verdict } from "./refusal.ts";
import type { Act, PeopleRule, PeopleRules, Verify } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import type { People } from "./state.ts";

export const keepingShapes = {
  KeeperChanged: {
    key: "key",
    checkpoint: "text",
    consents: [{ device: "device", signature: "signature" }],
  },
  Void: {},
} as const;

type Change = BodyOf<typeof keepingShapes.KeeperChanged>;

/** What each principal's head signs, under `parley-keeper/1`. */
export function keeperMessage(caseId: string, body: Pick<Change, "key" | "checkpoint">): Uint8Array {
  return messageBytes("parley-keeper/1", { case: caseId, key: body.key, checkpoint: body.checkpoint });
}

const changed: PeopleRule<Change> = {
  admit: (people, body, act, verify) => consentsHold(people, body, act, verify),
  apply: (people, body) => ({ ...people, keeper: body.key }),
};

function consentsHold(people: People, body: Change, act: Act, verify: Verify): Verdict {
  const message = keeperMessage(act.caseId, body);
  const consenting = new Set([act.seat.id]);
  for (const { device, signature } of body.consents) {
    const author = authorOf(people, device);
    if (!author || author.device.revoked || author.device.recovery || !author.member.present) {
      return refuse("not-a-member", "A consent is signed by a device that is unknown or revoked.");
    }
    if (headOf(people, author.seat.id)?.id !== author.member.id) {
      return refuse("wrong-role", `A consent of "${author.seat.id}" is not signed by its head.`);
    }
    if (!verify(author.device.keys.signing, message, signature)) {
      return refuse("bad-signature", `The consent of "${author.seat.id}" does not verify.`);
    }
    consenting.add(author.seat.id);
  }
  const missing = principals(people).filter((seat) => !consenting.has(seat));
  return missing.length > 0
    ? refuse(
        "consents-missing",
        `The keeper changes by consent of all principals; missing: ${missing.join(", ")}.`,
        { parties: missing.join(", ") },
      )
    : undefined;
}

export const keepingRules: PeopleRules<typeof keepingShapes> = {
  KeeperChanged: changed,
  // A signed event that was given up leaves its number to this one.
  Void: { admit: () => undefined, apply: (people) => people },
};
