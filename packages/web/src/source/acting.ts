/** What the sitting seat may do, by the one table of rights, and doing it. */
import {
  type Author,
  authorOf,
  type EventKind,
  holderOf,
  mayIssue,
  phaseOf,
  phaseOfText,
  powers,
  type RoomName,
  roomsOf,
  type Text,
} from "@parley/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { announce } from "../frame/announced.tsx";
import { useSentences } from "../frame/sentence.ts";
import { useWords } from "../messages/words.ts";
import { useCase, useSnapshot } from "./case-context.tsx";
import type { Act } from "./case-source.ts";
import type { No } from "./no.ts";
import { whileActing } from "./underway.ts";

/**
 * Whether the table of rights has a place for this, and the sitting seat is in that audience: nobody puts before others
 * what it is not given itself. What a body says is judged when it is sent.
 */
export function useMay(text?: Text): (kind: EventKind, audience: RoomName | "circle") => boolean {
  const { state, sitting } = useSnapshot();
  const { people } = state;
  const author: Author | undefined = sitting && authorOf(people, sitting.device);
  if (!author) return () => false;
  const { seat, member, device } = author;
  const held = powers.filter((power) => holderOf(people, power) === seat.id);
  const issuer = {
    seat: seat.kind,
    role: member.role,
    standings: people.convener === seat.id ? [...held, "convener" as const] : held,
    recovery: device.recovery,
  };
  const phase = text && phaseOfText(text);
  const rooms: readonly string[] = [...roomsOf(people, seat.id), "circle"];
  return (kind, audience) =>
    rooms.includes(audience) && mayIssue(kind, issuer, audience, phaseOf(people), phase) === undefined;
}

export interface Acting {
  /** true once it is recorded. */
  readonly act: (act: Act) => Promise<boolean>;
  readonly busy: boolean;
  /** Why the last one was refused. */
  readonly refusal: No | undefined;
  /** The last one was recorded. */
  readonly done: boolean;
}

/** `how`: `send` keeps what is signed while the line to the keeper is lost, instead of refusing it. */
export function useActing(how: "append" | "send" = "append"): Acting {
  const source = useCase();
  const t = useWords();
  const sentences = useSentences();
  const tell = useRef((_: Act): void => undefined);
  useEffect(() => {
    tell.current = (wanted) => announce(sentences(wanted) ?? t("act.recorded"));
  });
  const [stands, setStands] = useState<Omit<Acting, "act">>({ busy: false, refusal: undefined, done: false });
  const act = useCallback(
    async (wanted: Act) => {
      setStands({ busy: true, refusal: undefined, done: false });
      const no = await whileActing(() => source[how](wanted));
      setStands({ busy: false, refusal: no, done: !no });
      if (!no) tell.current(wanted);
      return !no;
    },
    [source, how],
  );
  return { act, ...stands };
}
