/** What releases from a measure: a date, another measure suspended or violated, or a finding that somebody is to make. */
import type { Measure, ReleaseNode } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { useWords } from "../../messages/words.ts";
import type { Placed } from "../../source/beside.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";

const whens = ["date", "suspension", "violation", "finding"] as const;
type When = (typeof whens)[number];

export interface Release {
  readonly when: When;
  readonly measure?: string;
  readonly by?: string;
  readonly text: string;
}

export function releaseNode({ when, measure = "", by }: Release): ReleaseNode {
  if (when === "date") return { when };
  return when === "finding" ? { when, established: by !== undefined } : { when, measure };
}

export function Releases({
  releases,
  measures,
  onChange,
}: {
  releases: readonly Release[];
  measures: readonly Placed<Measure>[];
  onChange: (releases: readonly Release[]) => void;
}): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { seats } = useSnapshot().state.people;
  const [when, setWhen] = useState<When>("date");
  const [measure, setMeasure] = useState<string>();
  const [by, setBy] = useState("");
  const [text, setText] = useState("");
  const ofOther = when === "suspension" || when === "violation";
  const other = measures.find(({ item }) => item.id === measure) ?? measures[0];
  const add = () => {
    const named = {
      ...(ofOther && other ? { measure: other.item.id } : {}),
      ...(when === "finding" && by !== "" ? { by } : {}),
    };
    onChange([...releases, { when, ...named, text: text.trim() }]);
    setText("");
  };
  return (
    <fieldset className="releases stack-narrow">
      <legend>{t("measure.releases")}</legend>
      <ol className="list small">
        {releases.map((release, index) => (
          <li key={`${release.when} ${release.text}`}>
            <b>{t(`measure.when.${release.when}`)}</b> {release.text}{" "}
            <Button
              className="button small plain"
              onPress={() => onChange(releases.filter((_, at) => at !== index))}
            >
              {t("act.remove")}
            </Button>
          </li>
        ))}
      </ol>
      <div className="pair">
        <Choose
          choices={whens
            .filter((one) => measures.length > 0 || one === "date" || one === "finding")
            .map((id) => ({ id, name: t(`measure.when.${id}`) }))}
          label={t("measure.when")}
          onChoose={(id) => setWhen(whens.find((one) => one === id) ?? when)}
          value={when}
        />
        {ofOther ? (
          <Choose
            choices={measures.map(({ item }) => ({ id: item.id, name: item.title }))}
            label={t("measure.when.measure")}
            onChoose={setMeasure}
            value={other?.item.id}
          />
        ) : null}
        {when === "finding" ? (
          <Choose
            choices={[
              { id: "", name: t("measure.when.nobody") },
              ...Object.keys(seats).map((id) => ({ id, name: looks.get(id)?.name ?? id })),
            ]}
            label={t("measure.when.by")}
            onChoose={setBy}
            value={by}
          />
        ) : null}
      </div>
      <Field label={t("measure.when.words")} onChange={setText} value={text} />
      <div className="acts">
        <Button className="button small" isDisabled={text.trim() === ""} onPress={add}>
          {t("measure.when.add")}
        </Button>
      </div>
    </fieldset>
  );
}
