/** Outline, text and bracket: three columns, which are three screens on a phone. Knows the draft and no case. */
import {
  type AnyBracket,
  type BracketId,
  brackets,
  type Draft,
  type Note,
  type PlacedBracket,
} from "@parley/text";
import { type ReactElement, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { PartyLook } from "../../frame/party-codes.ts";
import { directionOf } from "../../messages/locales.ts";
import { useWords } from "../../messages/words.ts";
import type { BracketStatus } from "../../source/text-view.ts";
import { Hand, HandContext } from "./hand.ts";
import { Outline } from "./outline.tsx";
import { type OptionAct, Panel } from "./panel.tsx";
import { SetBlocks, SetInlines, type Standing, StandingContext } from "./set-text.tsx";
import "./text.css";

type Column = "outline" | "text" | "bracket";
const columns: readonly Column[] = ["outline", "text", "bracket"];

export interface TextTableProps {
  readonly draft: Draft;
  readonly looks: ReadonlyMap<string, PartyLook>;
  readonly statusOf: (id: BracketId) => BracketStatus;
  readonly agreedOption: (id: BracketId) => string | undefined;
  /** Said over the text: revision, and what may be done with it. */
  readonly head?: ReactNode;
  /** What may be done about the bracket in hand. */
  readonly children?: (placed: PlacedBracket) => ReactNode;
  /** What may be done about one of its alternatives. */
  readonly optionAct?: OptionAct;
  /** What a digit does, where it is not to go to the alternative of that number. */
  readonly onDigit?: (digit: number) => void;
}

export function TextTable(props: TextTableProps): ReactElement {
  const { draft, looks, statusOf, agreedOption } = props;
  const t = useWords();
  const [hand] = useState(() => new Hand());
  const [column, setColumn] = useState<Column>("text");
  const sheet = useRef<HTMLElement>(null);
  const order = useMemo(() => brackets(draft), [draft]);
  const standing = useMemo(
    () => standingOf(draft, order, { looks, statusOf, agreedOption }),
    [draft, order, looks, statusOf, agreedOption],
  );
  useEffect(() => hand.lay(order), [hand, order]);

  const show = useCallback((id: string) => {
    setColumn("text");
    // After the column is drawn: on a phone it was hidden until now.
    requestAnimationFrame(() => document.getElementById(id)?.scrollIntoView({ block: "center" }));
  }, []);
  const step = useCallback(
    (by: 1 | -1, onlyOpen = false) => {
      const skip = (bracket: AnyBracket) => onlyOpen && statusOf(bracket.id) !== "open";
      const id = hand.step(by, skip);
      if (id) requestAnimationFrame(() => focusBracket(id));
    },
    [hand, statusOf],
  );
  useKeys(hand, step, props.onDigit);

  return (
    <StandingContext value={standing}>
      <HandContext value={hand}>
        <h1 className="visually-hidden">{draft.title || t("column.text")}</h1>
        <div className="text-page" data-column={column}>
          <Outline draft={draft} onGo={(id) => show(`clause-${id}`)} order={order} />
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: every bracket has its own button; this only widens its reach. */}
          <article
            className="sheet"
            lang={draft.language}
            onClick={(event) => {
              const at =
                event.target instanceof Element ? event.target.closest<HTMLElement>("[data-bracket]") : null;
              if (!at || getSelection()?.type === "Range") return;
              hand.hold(at.dataset["bracket"] as BracketId);
              if (event.target instanceof Element && event.target.closest(".open-mark")) toggleFold(hand, at);
              if (matchMedia("(max-width: 899px)").matches) setColumn("bracket");
            }}
            ref={sheet}
          >
            {props.head}
            <div className="set" dir={directionOf(draft.language)}>
              <p className="symbol">
                <span>{draft.symbol}</span>
              </p>
              {draft.title ? (
                <p aria-hidden="true" className="title">
                  {draft.title}
                </p>
              ) : null}
              <SetBlocks blocks={draft.blocks} />
              <Notes notes={draft.notes.filter((note) => note.kind !== "comment")} />
            </div>
          </article>
          <Panel onStep={step} optionAct={props.optionAct} order={order}>
            {props.children}
          </Panel>
          <ToggleButtonGroup
            aria-label={t("column.choose")}
            className="columns-choice"
            disallowEmptySelection
            onSelectionChange={(keys) => setColumn(columns.find((name) => keys.has(name)) ?? "text")}
            selectedKeys={[column]}
            selectionMode="single"
          >
            {columns.map((name) => (
              <ToggleButton id={name} key={name}>
                {t(`column.${name}`)}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        </div>
      </HandContext>
    </StandingContext>
  );
}

function standingOf(
  draft: Draft,
  order: readonly PlacedBracket[],
  known: Pick<Standing, "looks" | "statusOf" | "agreedOption">,
): Standing {
  const numbers = new Map(order.map(({ bracket }, index) => [bracket.id, index + 1]));
  const notes = new Map(
    draft.notes.filter((note) => note.kind !== "comment").map((note, index) => [note.id, index + 1]),
  );
  return { ...known, numberOf: (id) => numbers.get(id) ?? 0, noteNumber: (id) => notes.get(id) };
}

function toggleFold(hand: Hand, at: HTMLElement): void {
  const id = at.dataset["bracket"] as BracketId;
  if (at.parentElement?.closest("[data-bracket]")) hand.unfold(id, !hand.isUnfolded(id));
}

function focusBracket(id: BracketId): void {
  const mark = document.querySelector<HTMLElement>(`.sheet [data-bracket="${CSS.escape(id)}"] > .open-mark`);
  mark?.focus({ preventScroll: true });
  mark?.scrollIntoView({ block: "nearest" });
}

/** A digit takes up an alternative: what can be done about it, or the alternative itself, has the focus then. */
function focusAlternative(number: string): void {
  const card = document.querySelector<HTMLElement>(`.panel [data-number="${number}"]`);
  (card?.querySelector<HTMLElement>("button") ?? card)?.focus();
}

/** Keys work wherever the focus is, except where one writes. */
function useKeys(
  hand: Hand,
  step: (by: 1 | -1, onlyOpen?: boolean) => void,
  onDigit: ((digit: number) => void) | undefined,
): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const writing =
        event.target instanceof HTMLElement &&
        event.target.closest(
          "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog, [role=dialog], [role=menu]",
        );
      if (writing || event.ctrlKey || event.metaKey) return;
      if (event.key === "]") step(1);
      else if (event.key === "[") step(-1);
      else if (event.key === "}") step(1, true);
      else if (event.key === "{") step(-1, true);
      else if (event.key === "Escape") hand.hold(undefined);
      else if (/^[1-9]$/.test(event.key)) onDigit ? onDigit(Number(event.key)) : focusAlternative(event.key);
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [hand, step, onDigit]);
}

function Notes({ notes }: { notes: readonly Note[] }): ReactElement | null {
  const t = useWords();
  if (notes.length === 0) return null;
  return (
    <section aria-label={t("text.notes")} className="notes">
      <ol>
        {notes.map((note) => (
          <li id={`note-${note.id}`} key={note.id}>
            {note.kind === "reservation" && note.author ? (
              <strong>{t("text.reservation", { who: note.author })}: </strong>
            ) : null}
            <SetInlines content={note.content} nested={false} />
          </li>
        ))}
      </ol>
    </section>
  );
}
