/**
 * The keeper of the log, whose key signs its checkpoints. It changes only by all seated principals: each head signs the
 * new key and the checkpoint at which it takes over. While the case convenes, the convener's signature of the event is
 * enough only if no principal but the convener is seated. A consent is to a change from one point of the log on: once the
 * keeper changed at a later one it is spent, or whoever kept it could bring a keeper back that all had left.
 */
import { messageBytes } from "@parley/ledger/event";
import { authorOf, headOf, principals } from "./people.ts";
import { firstOf, refuse, type Verdict } from "./refusal.ts";
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
  admit: (people, body, act, verify) =>
    firstOf(
      () => unspent(people, body),
      () => consentsHold(people, body, act, verify),
    ),
  apply: (people, body) => ({ ...people, keeper: body.key, keptFrom: sizeOf(body) ?? people.keptFrom }),
};

function unspent(people: People, body: Change): Verdict {
  const size = sizeOf(body);
  if (size === undefined) return refuse("bad-body", "body.checkpoint is not the text of a checkpoint.");
  return size > people.keptFrom
    ? undefined
    : refuse("stale-consent", `The keeper has changed since, at ${people.keptFrom} entries; consent anew.`);
}

/** A checkpoint's text: the name of the log, how long it is, and its root, a line each (`docs/formats/ledger.md`). */
const checkpointLines = /^[^\n]+\n(0|[1-9]\d{0,14})\n[^\n]+\n$/;

/** How long the log is at which the new keeper takes over. */
function sizeOf({ checkpoint }: Change): number | undefined {
  const size = checkpointLines.exec(checkpoint)?.[1];
  return size === undefined ? undefined : Number(size);
}

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
