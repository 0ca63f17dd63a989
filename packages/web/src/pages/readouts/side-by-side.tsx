/** Accounts side by side, never merged. A sentence shows which point it belongs to, and the words the other side has not. */
import type { AlignedPoint } from "@parley/core";
import type { ReactElement } from "react";
import { PartyName } from "../../frame/party.tsx";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";
import { OnRecord, SourceLine } from "../case/contacts.tsx";
import { nearest, pointsAt, type Said, wordsAgainst } from "./claims.ts";

/** One sentence that a person has taken up to align it. */
export interface Picked {
  readonly said: Said;
  readonly from: number;
  readonly to: number;
}

export function SideBySide({
  all,
  points,
  picked,
  onPick,
}: {
  all: readonly Said[];
  points: readonly AlignedPoint[];
  picked: readonly Picked[];
  onPick: ((one: Picked) => void) | undefined;
}): ReactElement {
  const looks = useLooks();
  return (
    <div className="side-by-side">
      {all.map((said) => {
        const look = said.of ? looks.get(said.of) : undefined;
        return (
          <figure className="account" key={said.id}>
            <figcaption className="row">
              {look ? <PartyName look={look} /> : null}
              <OnRecord voice={said.voice} />
            </figcaption>
            <blockquote dir="auto">
              {said.sentences.map((sentence) => (
                <SentenceView
                  key={sentence.from}
                  marks={pointsAt(points, said, sentence)}
                  onPick={onPick && (() => onPick({ said, from: sentence.from, to: sentence.to }))}
                  other={
                    nearest(
                      sentence,
                      all.filter(({ id }) => id !== said.id),
                    )?.text
                  }
                  picked={picked.some((one) => one.said.id === said.id && one.from === sentence.from)}
                  text={sentence.text}
                />
              ))}
            </blockquote>
            <SourceLine voice={said.voice} />
          </figure>
        );
      })}
    </div>
  );
}

function SentenceView({
  text,
  other,
  marks,
  picked,
  onPick,
}: {
  text: string;
  other: string | undefined;
  marks: ReturnType<typeof pointsAt>;
  picked: boolean;
  onPick: (() => void) | undefined;
}): ReactElement {
  const t = useWords();
  const relation = marks.find(({ point }) => point.relation === "conflict") ?? marks[0];
  const words = wordsAgainst(text, other).map((part) =>
    part.differs ? <mark key={part.at}>{part.text}</mark> : part.text,
  );
  const label = marks.map(({ point, number }) => (
    <sup className="point-mark" key={number} title={point.subject}>
      {number}
      <span className="visually-hidden"> {t(`meet.relation.${point.relation}`)}</span>
    </sup>
  ));
  if (!onPick) {
    return (
      <span className="sentence" data-relation={relation?.point.relation}>
        {words}
        {label}{" "}
      </span>
    );
  }
  return (
    <button
      aria-pressed={picked}
      className="sentence"
      data-relation={relation?.point.relation}
      onClick={onPick}
      type="button"
    >
      {words}
      {label}
    </button>
  );
}
