/** The text with, beside each alternative in hand, its seven steps. One key marks and goes on. */
import { type Instruction, marked, type Step, steps, unmarked } from "@parley/core";
import type { AnyOption, BracketId, PlacedBracket } from "@parley/text";
import { type ReactElement, type RefObject, useContext, useEffect, useRef, useState } from "react";
import { Button, TextArea, TextField, ToggleButton } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { LockMark } from "../../frame/marks.tsx";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";
import { useNames } from "../../source/names.ts";
import { type Hand, HandContext } from "../text/hand.ts";
import { TextTable } from "../text/text-table.tsx";
import type { Side } from "./side.ts";
import { StepChoice } from "./steps.tsx";

interface InHand {
  readonly bracket: string;
  readonly index: number;
}

export function Marks({ side }: { side: Side }): ReactElement {
  const looks = useLooks();
  const { view, ours } = side;
  const [at, setAt] = useState<InHand>({ bracket: "", index: 0 });
  const hand = useRef<Hand>(undefined);
  const mark = (placed: PlacedBracket, option: AnyOption, step: Step | undefined) => {
    ours.change(marked(ours.valuation, [placed.bracket.id, option.id], step));
  };
  const indexIn = (placed: PlacedBracket) => (at.bracket === placed.bracket.id ? at.index : 0);
  const goOn = (placed: PlacedBracket) => {
    const next = indexIn(placed) + 1;
    if (next < placed.options.length) setAt({ bracket: placed.bracket.id, index: next });
    else show(hand.current?.step(1, (bracket) => view.statusOf(bracket.id) !== "open"));
  };
  return (
    <TextTable
      agreedOption={view.agreedOption}
      draft={view.draft}
      head={<Progress hand={hand} side={side} />}
      looks={looks}
      onDigit={(digit) => {
        const placed = view.order.find(({ bracket }) => bracket.id === hand.current?.held);
        const option = placed?.options[indexIn(placed)];
        const step = steps[digit - 1];
        if (!placed || !option || !step) return;
        mark(placed, option, step);
        goOn(placed);
      }}
      optionAct={(placed, option) => {
        const index = placed.options.findIndex(({ id }) => id === option.id);
        if (index < 0) return null;
        return (
          <Alternative
            current={indexIn(placed) === index}
            onCurrent={() => setAt({ bracket: placed.bracket.id, index })}
            onMark={(step) => mark(placed, option, step)}
            option={option}
            placed={placed}
            side={side}
          />
        );
      }}
      statusOf={view.statusOf}
    >
      {(placed) => (
        <>
          <TakeHand into={hand} />
          <Reason key={placed.bracket.id} placed={placed} side={side} />
        </>
      )}
    </TextTable>
  );
}

/** The hand lives in the table of the text; a key that marks the last alternative must be able to move it. */
function TakeHand({ into }: { into: RefObject<Hand | undefined> }): null {
  const hand = useContext(HandContext);
  useEffect(() => {
    into.current = hand;
  }, [hand, into]);
  return null;
}

function show(id: BracketId | undefined): void {
  if (!id) return;
  requestAnimationFrame(() =>
    document.getElementById(`bracket-${id}`)?.scrollIntoView({ block: "nearest", behavior: "instant" }),
  );
}

function Progress({
  side: { ours, tree },
  hand,
}: {
  side: Side;
  hand: RefObject<Hand | undefined>;
}): ReactElement {
  const t = useWords();
  const left = new Set(unmarked(ours.valuation, tree));
  return (
    <div className="sheet-head screen-only">
      <TakeHand into={hand} />
      <p className="row small quiet">
        <span>{t("side.keys")}</span>
        {left.size > 0 ? (
          <Button
            className="button small"
            onPress={() => show(hand.current?.step(1, (bracket) => !left.has(bracket.id)))}
          >
            {t("side.unmarked.next")}
          </Button>
        ) : null}
      </p>
    </div>
  );
}

function Alternative({
  side,
  placed,
  option,
  current,
  onCurrent,
  onMark,
}: {
  side: Side;
  placed: PlacedBracket;
  option: AnyOption;
  current: boolean;
  onCurrent: () => void;
  onMark: (step: Step | undefined) => void;
}): ReactElement {
  const t = useWords();
  const { whatIfs, setWhatIfs, ours } = side;
  const bracket = placed.bracket.id;
  const mark = ours.valuation.marks[bracket]?.[option.id];
  const isWhatIf = whatIfs[bracket] === option.id;
  return (
    <div className="valued" data-current={current || undefined}>
      <StepChoice mark={mark} onFocus={onCurrent} onMark={onMark} />
      <ToggleButton
        className="button small what-if"
        isSelected={isWhatIf}
        onChange={(on) => {
          const { [bracket]: _, ...others } = whatIfs;
          setWhatIfs(on ? { ...others, [bracket]: option.id } : others);
        }}
      >
        {t("side.whatIf")}
      </ToggleButton>
      {mark === "redLine" ? <RedLine option={option} placed={placed} side={side} /> : null}
    </div>
  );
}

/** A red line has a day, words, and perhaps something that lifts it. */
function RedLine({
  side: { ours, view },
  placed,
  option,
}: {
  side: Side;
  placed: PlacedBracket;
  option: AnyOption;
}): ReactElement {
  const t = useWords();
  const names = useNames(view.draft);
  const bracket = placed.bracket.id;
  const { valuation } = ours;
  const mine = (one: Instruction) => one.option[0] === bracket && one.option[1] === option.id;
  const known = valuation.instructions.find(mine);
  const write = (change: Partial<Instruction> & { readonly lifted?: string }) => {
    const { lifted, ...rest } = change;
    const base: Instruction = known ?? {
      option: [bracket, option.id],
      dated: new Date().toISOString().slice(0, 10),
    };
    const { unless: before, ...others } = { ...base, ...rest };
    const unless = lifted === undefined ? before : (JSON.parse(lifted) as Instruction["unless"] | null);
    const next: Instruction = unless ? { ...others, unless } : others;
    ours.change({
      ...valuation,
      instructions: [...valuation.instructions.filter((one) => !mine(one)), next],
    });
  };
  const never = { id: "null", name: t("side.instruction.never") };
  const lifting = names.order
    .filter((other) => other.bracket.id !== bracket)
    .flatMap((other) =>
      other.options.map((one) => ({
        id: JSON.stringify([other.bracket.id, one.id]),
        name: `${names.bracket(other.bracket.id)} ${names.option(other.bracket.id, one.id)}`,
      })),
    );
  return (
    <fieldset className="instruction">
      <legend className="small">{t("side.instruction", { what: names.option(bracket, option.id) })}</legend>
      <Field
        label={t("side.instruction.dated")}
        onChange={(dated) => {
          if (/^\d{4}-\d{2}-\d{2}$/.test(dated)) write({ dated });
        }}
        type="date"
        value={known?.dated ?? ""}
      />
      <Choose
        choices={[never, ...lifting]}
        label={t("side.instruction.unless")}
        onChoose={(lifted) => write({ lifted })}
        value={known?.unless ? JSON.stringify(known.unless) : "null"}
      />
      <Field
        label={t("side.instruction.note")}
        onChange={(note) => write({ note })}
        value={known?.note ?? ""}
      />
    </fieldset>
  );
}

function Reason({ side: { ours }, placed }: { side: Side; placed: PlacedBracket }): ReactElement {
  const t = useWords();
  const { valuation } = ours;
  const bracket = placed.bracket.id;
  return (
    <div className="our-reason private">
      <p className="private-mark">
        <LockMark />
        {t("side.reason")}
      </p>
      <TextField
        aria-label={t("side.reason")}
        className="field"
        onChange={(reason) => {
          const { [bracket]: _, ...others } = valuation.reasons;
          const reasons = reason === "" ? others : { ...others, [bracket]: reason };
          ours.change({ ...valuation, reasons });
        }}
        value={valuation.reasons[bracket] ?? ""}
      >
        <TextArea rows={3} />
      </TextField>
      <p className="small">
        {t("side.mustHave.what")} {t("side.redLine.what")}
      </p>
    </div>
  );
}
