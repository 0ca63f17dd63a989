/** What one may do about the bracket in hand: stand behind an alternative, or propose to add, change or delete one. */
import { type AnyOption, choosable, type OptionId, type PlacedBracket, plainText } from "@parley/text";
import { type ReactElement, useState } from "react";
import { Button, Label, Radio, RadioGroup, TextArea, TextField } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useSnapshot } from "../../source/case-context.tsx";
import type { Act } from "../../source/case-source.ts";
import type { TextView } from "../../source/text-view.ts";
import { clauseMarkdown } from "../../source/words.ts";
import { AmendmentItem } from "./amendments.tsx";

interface ActsProps {
  readonly placed: PlacedBracket;
  readonly view: TextView;
}

export function BracketActs({ placed, view }: ActsProps): ReactElement {
  const may = useMay(view.text);
  const t = useWords();
  const { audience, amendments, statusOf } = view;
  const about = amendments.filter(
    ({ change, outcome }) => change.bracket === placed.bracket.id && outcome !== "withdrawn",
  );
  const open = statusOf(placed.bracket.id) === "open";
  const lesson = { given: t(`audience.${audience}`), infer: t("back.infer") };
  return (
    <div className="bracket-acts">
      {open && may("AlternativeBacked", audience) ? <Learns lesson={lesson} /> : null}
      {about.length > 0 ? (
        <section>
          <h3>{t("amend.about")}</h3>
          <ul className="list amendments">
            {about.map((amendment) => (
              <AmendmentItem amendment={amendment} key={amendment.id} view={view} />
            ))}
          </ul>
        </section>
      ) : null}
      {open && may("AmendmentProposed", audience) ? <Propose placed={placed} view={view} /> : null}
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
      {refusal ? (
        <p className="fault" role="alert">
          {refusal}
        </p>
      ) : null}
    </>
  );
}

function OptionLine({ option }: { option: AnyOption }): ReactElement {
  const t = useWords();
  if (option.id === "drop") return <span>{t("option.drop")}</span>;
  if (option.noText) return <span>{t("option.noText")}</span>;
  const words = wordsOf(option);
  const name = option.label ? `${option.label}. ` : option.id === "keep" ? `${t("option.keep")}: ` : "";
  return <span className="option-line">{name + words}</span>;
}

const lineLength = 90;

/** The first words of an alternative, on one line. */
function wordsOf(option: AnyOption): string {
  const words = option.content
    .map((part) => {
      if (part.type === "clause") return plainText(part.content);
      if (part.type === "bracket") return part.options[0] ? wordsOf(part.options[0]) : "";
      return plainText([part]);
    })
    .join(" ")
    .trim();
  return words.length > lineLength ? `${words.slice(0, lineLength).trimEnd()}…` : words;
}

const doings = ["addAlternative", "changeAlternative", "removeAlternative"] as const;
type Doing = (typeof doings)[number];

/** An amendment is a proposal: it changes nothing until the pen adopts it or every principal supports it. */
function Propose({ placed, view }: { placed: PlacedBracket; view: TextView }): ReactElement {
  const t = useWords();
  const { sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const { bracket } = placed;
  const options = choosable(bracket);
  const [doing, setDoing] = useState<Doing>();
  const [option, setOption] = useState<OptionId>();
  const [words, setWords] = useState("");
  const [reason, setReason] = useState("");
  const lesson = { given: t(`audience.${view.audience}`) };
  const text = doing === "removeAlternative" ? undefined : clauseMarkdown(words);
  const needsOption = doing !== "addAlternative";
  const ready =
    doing !== undefined && (!needsOption || option !== undefined) && (doing === "removeAlternative" || text);
  const send = async () => {
    if (!doing) return;
    const named = needsOption ? option : nextOption(placed, sitting?.seat ?? "");
    const change = { kind: doing, bracket: bracket.id, option: named, ...(text ? { text } : {}) };
    const body = { draft: view.text.id, change, ...(reason.trim() ? { reason: reason.trim() } : {}) };
    const done = await act({ kind: "AmendmentProposed", audience: view.audience, body: body as Act["body"] });
    if (done) {
      setDoing(undefined);
      setWords("");
      setReason("");
    }
  };
  if (!doing) {
    return (
      <section>
        <h3>{t("amend.propose")}</h3>
        <div className="acts">
          {doings.map((name) => (
            <Button className="button small" key={name} onPress={() => setDoing(name)}>
              {t(`amend.${name}`)}
            </Button>
          ))}
        </div>
      </section>
    );
  }
  return (
    <section className="stack-narrow">
      <h3>{t(`amend.${doing}`)}</h3>
      {needsOption ? (
        <RadioGroup
          className="field"
          onChange={(id) => {
            setOption(id as OptionId);
            const chosen = options.find((one) => one.id === id);
            if (chosen && doing === "changeAlternative") setWords(wholeWords(chosen));
          }}
          value={option ?? ""}
        >
          <Label>{t("amend.which")}</Label>
          {options.map((one) => (
            <Radio className="choice" key={one.id} value={one.id}>
              <OptionLine option={one} />
            </Radio>
          ))}
        </RadioGroup>
      ) : null}
      {doing === "removeAlternative" ? null : (
        <TextField autoFocus={doing === "addAlternative"} className="field" onChange={setWords} value={words}>
          <Label>{t("amend.words")}</Label>
          <TextArea className="set" rows={4} />
        </TextField>
      )}
      <TextField className="field" onChange={setReason} value={reason}>
        <Label>{t("amend.reason")}</Label>
        <TextArea rows={2} />
      </TextField>
      <Learns lesson={lesson} />
      <div className="acts">
        <Button className="button primary small" isDisabled={!ready || busy} onPress={() => void send()}>
          {t("amend.send")}
        </Button>
        <Button className="button small" onPress={() => setDoing(undefined)}>
          {t("act.cancel")}
        </Button>
      </div>
      {refusal ? (
        <p className="fault" role="alert">
          {refusal}
        </p>
      ) : null}
    </section>
  );
}

function wholeWords(option: AnyOption): string {
  return option.content
    .map((part) =>
      part.type === "clause" ? plainText(part.content) : part.type === "bracket" ? "" : plainText([part]),
    )
    .join(" ");
}

/** An id that no option of the bracket has: whose it is, and a number. */
function nextOption(placed: PlacedBracket, seat: string): string {
  const taken = new Set<string>(placed.bracket.options.map(({ id }) => id));
  let number = 1;
  while (taken.has(`${seat}-${number}`)) number += 1;
  return `${seat}-${number}`;
}
