/** What one may do about the bracket in hand: stand behind an alternative, or propose to add, change or delete one. */
import { type AnyOption, choosable, type PlacedBracket } from "@parley/text";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useSnapshot } from "../../source/case-context.tsx";
import { useNames } from "../../source/names.ts";
import type { TextView } from "../../source/text-view.ts";
import { Amendments } from "./amendments.tsx";
import { inlinesOf } from "./change.ts";
import { Comments } from "./comments.tsx";
import { Propose } from "./proposing.tsx";

interface ActsProps {
  readonly placed: PlacedBracket;
  readonly view: TextView;
}

const kinds = ["addAlternative", "changeAlternative", "removeAlternative"] as const;

export function BracketActs({ placed, view }: ActsProps): ReactElement {
  const may = useMay(view.text);
  const t = useWords();
  const names = useNames(view.draft);
  const { audience, amendments, statusOf } = view;
  const { id } = placed.bracket;
  const open = statusOf(id) === "open";
  const lesson = { given: t(`audience.${audience}`), infer: t("back.infer") };
  const options = choosable(placed.bracket).map((option) => ({
    id: option.id as string,
    name: names.option(id, option.id),
    changeable: inlinesOf(option) !== undefined && option.content.length > 0,
  }));
  return (
    <div className="bracket-acts">
      {open && may("AlternativeBacked", audience) ? <Learns lesson={lesson} /> : null}
      <Amendments
        amendments={amendments.filter(({ change }) => change.bracket === id)}
        title={t("amend.about")}
        view={view}
      />
      {open && may("AmendmentProposed", audience) ? (
        <Propose at={{ bracket: id }} kinds={kinds} options={options} view={view} />
      ) : null}
      {placed.clause ? <Comments bracket={id} clause={placed.clause} view={view} /> : null}
    </div>
  );
}

/** Standing behind an alternative, or no longer: said to everyone in the text's audience. */
export function BackAlternative({
  placed,
  view,
  option,
}: ActsProps & { option: AnyOption }): ReactElement | null {
  const t = useWords();
  const may = useMay(view.text);
  const { sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const { bracket } = placed;
  if (option.open || view.statusOf(bracket.id) !== "open" || !may("AlternativeBacked", view.audience))
    return null;
  const backed = option.attributions?.some(({ party }) => party === sitting?.seat) === true;
  const send = () => {
    const backing = backed ? {} : { backing: { option: option.id, role: "supports" } };
    const body = { draft: view.text.id, bracket: bracket.id, ...backing };
    void act({ kind: "AlternativeBacked", audience: view.audience, body });
  };
  return (
    <>
      <div className="acts">
        <Button className="button small" isDisabled={busy} onPress={send}>
          {t(backed ? "back.leave" : "back.say")}
        </Button>
      </div>
      <Refused why={refusal} />
    </>
  );
}
