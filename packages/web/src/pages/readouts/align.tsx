/** Putting claims together is a person's judgement; what shares words is only pointed at. One reading for each party. */
import { type AlignedPoint, suggestPairs } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { ActButton } from "../../frame/act-button.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing } from "../../source/acting.ts";
import type { Said } from "./claims.ts";
import { type Picked, SideBySide } from "./side-by-side.tsx";
import type { Told } from "./told.ts";

export function Align({
  told: { id: contact, audience },
  texts,
  before,
  others,
  onDone,
}: {
  told: Told;
  texts: readonly Said[];
  before: readonly AlignedPoint[];
  /** Points of the same reading in other texts, which stay. */
  others: readonly AlignedPoint[];
  onDone: () => void;
}): ReactElement {
  const t = useWords();
  const { act, busy, refusal } = useActing();
  const [points, setPoints] = useState<readonly AlignedPoint[]>(before);
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [subject, setSubject] = useState("");
  const sides = new Set(picked.map(({ said }) => said.id)).size;
  const pick = (one: Picked) => {
    const has = picked.some((other) => other.said.id === one.said.id && other.from === one.from);
    setPicked(
      has
        ? picked.filter((other) => !(other.said.id === one.said.id && other.from === one.from))
        : [...picked, one],
    );
  };
  const add = (relation: AlignedPoint["relation"]) => {
    const claims = picked.map(({ said, from, to }) => ({ readout: said.id, from, to }));
    setPoints([...points, { subject: subject.trim(), relation, claims }]);
    setPicked([]);
    setSubject("");
  };
  const suggested = suggestions(texts, points);
  const publish = async () => {
    const body = { contact, points: JSON.parse(JSON.stringify([...others, ...points])) };
    if (await act({ kind: "ReadoutsAligned", audience, body })) onDone();
  };
  return (
    <div className="stack align">
      <p>{t("meet.align.how")}</p>
      <SideBySide all={texts} onPick={pick} picked={picked} points={points} />
      {suggested.length > 0 ? (
        <div className="acts">
          {suggested.map((pair) => (
            <Button
              className="button small"
              key={`${pair[0]?.said.id} ${pair[0]?.from}`}
              onPress={() => setPicked(pair)}
            >
              {t("meet.align.suggest", { words: pair[0] ? beginningOf(textOf(pair[0])) : "" })}
            </Button>
          ))}
        </div>
      ) : null}
      <Field label={t("meet.align.subject")} onChange={setSubject} value={subject} />
      <div className="acts">
        {(["both", "conflict", "one"] as const).map((relation) => (
          <Button
            className="button"
            isDisabled={subject.trim() === "" || (relation === "one" ? sides !== 1 : sides < 2)}
            key={relation}
            onPress={() => add(relation)}
          >
            {t(`meet.relation.${relation}`)}
          </Button>
        ))}
      </div>
      <ol>
        {points.map((point, index) => (
          <li key={`${point.subject} ${point.claims[0]?.from}`}>
            {point.subject}: {t(`meet.relation.${point.relation}`)}{" "}
            <Button
              className="button small plain"
              onPress={() => setPoints(points.filter((_, at) => at !== index))}
            >
              {t("act.remove")}
            </Button>
          </li>
        ))}
      </ol>
      <Learns lesson={{ given: t(`audience.${audience}`) }} />
      <div className="acts">
        <ActButton
          busy={busy}
          label={t("meet.align.do")}
          needs={[[t("meet.align.lacks"), points.length > 0]]}
          onPress={() => void publish()}
        />
        <Button className="button" onPress={onDone}>
          {t("act.cancel")}
        </Button>
      </div>
      <Refused why={refusal} />
    </div>
  );
}

function textOf({ said, from, to }: Picked): string {
  return said.text.slice(from, to);
}

/** Pairs of sentences of the first two texts that share words and are in no point yet. */
function suggestions(
  [a, b]: readonly Said[],
  points: readonly AlignedPoint[],
): readonly (readonly Picked[])[] {
  if (!a || !b) return [];
  const used = points.flatMap(({ claims }) => claims.map(({ readout, from }) => `${readout} ${from}`));
  return suggestPairs(a.text, b.text).flatMap((pair) => {
    const one = { said: a, from: pair.a.from, to: pair.a.to };
    const other = { said: b, from: pair.b.from, to: pair.b.to };
    return used.includes(`${a.id} ${one.from}`) || used.includes(`${b.id} ${other.from}`)
      ? []
      : [[one, other]];
  });
}

/** A sentence, or so much of it as tells it from the others. */
function beginningOf(sentence: string): string {
  return sentence.length > 60 ? `${sentence.slice(0, 60).trimEnd()}…` : sentence;
}
