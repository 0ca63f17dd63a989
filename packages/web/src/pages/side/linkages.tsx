/** What our side accepts only together, or never together. */
import type { Linkage, OptionRef } from "@parley/solver";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { useWords } from "../../messages/words.ts";
import { useNames } from "../../source/names.ts";
import type { Side } from "./side.ts";

const kinds = ["requires", "excludes"] as const;
type Kind = (typeof kinds)[number];

export function Linkages({ side: { view, ours } }: { side: Side }): ReactElement {
  const t = useWords();
  const names = useNames(view.draft);
  const { valuation } = ours;
  const [first, setFirst] = useState<string>();
  const [second, setSecond] = useState<string>();
  const [kind, setKind] = useState<Kind>("requires");
  const say = ([bracket, option]: OptionRef) => `${names.bracket(bracket)} ${names.option(bracket, option)}`;
  const choices = names.order.flatMap(({ bracket, options }) =>
    options.map(({ id }) => ({ id: JSON.stringify([bracket.id, id]), name: say([bracket.id, id]) })),
  );
  const list = kinds.flatMap((one) => valuation[one].map((linkage) => ({ kind: one, linkage })));
  const ready = first !== undefined && second !== undefined && first !== second;
  const add = () => {
    if (!ready) return;
    const linkage = [JSON.parse(first), JSON.parse(second)] as unknown as Linkage;
    ours.change({ ...valuation, [kind]: [...valuation[kind], linkage] });
    setFirst(undefined);
    setSecond(undefined);
  };
  return (
    <>
      <h2>{t("link.title")}</h2>
      <p>{t("link.what")}</p>
      {list.length === 0 ? <p className="quiet">{t("link.none")}</p> : null}
      <ul className="list linkages">
        {list.map(({ kind: one, linkage }) => (
          <li key={JSON.stringify([one, linkage])}>
            <p className="set-words">
              <bdi>{say(linkage[0])}</bdi> <strong className="small">{t(`link.${one}`)}</strong>{" "}
              <bdi>{say(linkage[1])}</bdi>
            </p>
            <Button
              className="button small"
              onPress={() =>
                ours.change({ ...valuation, [one]: valuation[one].filter((item) => item !== linkage) })
              }
            >
              {t("act.remove")}
            </Button>
          </li>
        ))}
      </ul>
      <div className="new-linkage">
        <Choose choices={choices} label={t("link.first")} onChoose={setFirst} value={first} />
        <Choose
          choices={kinds.map((id) => ({ id, name: t(`link.${id}`) }))}
          label={t("link.kind")}
          onChoose={(id) => setKind(id as Kind)}
          value={kind}
        />
        <Choose choices={choices} label={t("link.second")} onChoose={setSecond} value={second} />
        <Button className="button primary" isDisabled={!ready} onPress={add}>
          {t("link.add")}
        </Button>
      </div>
    </>
  );
}
