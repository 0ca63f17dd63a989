/** Outline, text and bracket: three columns, which are three screens on a phone. Knows the draft and no case. */
import {
  type AnyBracket,
  type BracketId,
  brackets,
  type Clause,
  type ClauseId,
  clauses,
  type Draft,
  directionOf,
  type PlacedBracket,
} from "@parley/text";
import {
  type ReactElement,
  type ReactNode,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { flushSync } from "react-dom";
import type { PartyLook } from "../../frame/party-codes.ts";
import { useWords } from "../../messages/words.ts";
import type { BracketStatus } from "../../source/text-view.ts";
import { Hand, HandContext } from "./hand.ts";
import { Notes } from "./notes.tsx";
import { Outline } from "./outline.tsx";
import { type OptionAct, Panel } from "./panel.tsx";
import { SetBlocks } from "./set-text.tsx";
import { type Margin, type Standing, StandingContext, StandingStore } from "./standing.ts";
import "./acts.css";

type Column = "outline" | "text" | "bracket";
const columns: readonly Column[] = ["outline", "text", "bracket"];

export interface TextTableProps {
  readonly draft: Draft;
  readonly looks: ReadonlyMap<string, PartyLook>;
  readonly statusOf: (id: BracketId) => BracketStatus;
  readonly agreedOption: (id: BracketId) => string | undefined;
  /** What stands beside clauses. */
  readonly margins?: ReadonlyMap<ClauseId, Margin>;
  /** Said over the text: revision, and what may be done with it. */
  readonly head?: ReactNode;
  /** How the number of brackets went. */
  readonly course?: ReactNode;
  /** Said under the text, where it stays in sight. */
  readonly foot?: ReactNode;
  /** Beside a text that is only read, instead of a bracket in hand. `show` brings a clause in sight. */
  readonly aside?: (show: (clause: ClauseId) => void) => ReactNode;
  /** What may be done about the bracket in hand. */
  readonly children?: (placed: PlacedBracket) => ReactNode;
  /** What may be done about the clause in hand. */
  readonly clausePart?: (clause: Clause) => ReactNode;
  /** What may be done about one of its alternatives. */
  readonly optionAct?: OptionAct;
  /** What an address names: it is taken in hand and shown. */
  readonly asked?: { readonly bracket?: string; readonly clause?: string };
  /** What a digit does, where it is not to go to the alternative of that number. */
  readonly onDigit?: (digit: number) => void;
}

const noMargins: ReadonlyMap<ClauseId, Margin> = new Map();

export function TextTable(props: TextTableProps): ReactElement {
  const { draft, looks, statusOf, agreedOption, margins = noMargins } = props;
  const t = useWords();
  const [hand] = useState(() => new Hand());
  const { column, turnTo, page } = useColumns(hand);
  const order = useMemo(() => brackets(draft), [draft]);
  const all = useMemo(() => clauses(draft), [draft]);
  const store = useStandingStore(draft, order, { looks, statusOf, agreedOption, margins });
  // Before the first paint: whoever sees the text can press a key.
  useLayoutEffect(
    () =>
      hand.lay(
        order,
        all.map(({ id }) => id),
      ),
    [hand, order, all],
  );

  const show = useCallback(
    (id: string) => {
      turnTo("text");
      // After the column is drawn: on a phone it was hidden until now.
      requestAnimationFrame(() => document.getElementById(id)?.scrollIntoView({ block: "center" }));
    },
    [turnTo],
  );
  const { bracket: askedBracket, clause: askedClause } = props.asked ?? {};
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the address is gone to; what changes in the text afterwards moves nobody.
  useLayoutEffect(() => {
    const bracket = order.find((placed) => placed.bracket.id === askedBracket);
    const clause = all.find(({ id }) => id === askedClause);
    if (bracket) hand.hold(bracket.bracket.id);
    else if (clause) hand.holdClause(clause.id);
    if (bracket) show(`bracket-${bracket.bracket.id}`);
    else if (clause) show(`clause-${clause.id}`);
  }, [askedBracket, askedClause]);
  const step = useCallback(
    (by: 1 | -1, onlyOpen = false) => {
      const skip = (bracket: AnyBracket) => onlyOpen && statusOf(bracket.id) !== "open";
      const id = flushSync(() => hand.step(by, skip));
      // At once: a frame later it could take the focus from what the next key gave it to.
      if (id) focusBracket(id);
    },
    [hand, statusOf],
  );
  const stepClause = useCallback(
    (by: 1 | -1) => {
      const id = flushSync(() => hand.stepClause(by));
      if (id) focusClause(id);
    },
    [hand],
  );
  useKeys(hand, step, stepClause, props.onDigit);

  return (
    <StandingContext value={store}>
      <HandContext value={hand}>
        <h1 className="visually-hidden">{draft.title || t("column.text")}</h1>
        <div className="text-page" data-column={column} ref={page}>
          <Outline
            counted={!props.aside}
            course={props.course}
            draft={draft}
            onGo={(id) => show(`clause-${id}`)}
            order={order}
          />
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: brackets have buttons and clauses keys; this only widens their reach. */}
          <article
            className="sheet"
            lang={draft.language}
            onClick={(event) => {
              if (takeUp(hand, event.target) && narrow()) turnTo("bracket");
            }}
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
            {props.foot}
          </article>
          <Panel
            aside={props.aside?.((id) => show(`clause-${id}`))}
            clausePart={props.clausePart}
            clauses={all}
            digits={props.onDigit === undefined}
            onStep={step}
            onStepClause={stepClause}
            optionAct={props.optionAct}
            order={order}
          >
            {props.children}
          </Panel>
          <ToggleButtonGroup
            aria-label={t("column.choose")}
            className="columns-choice"
            disallowEmptySelection
            onSelectionChange={(keys) => turnTo(columns.find((name) => keys.has(name)) ?? "text")}
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

/** Where columns are screens, each opens at its head, and the text at the bracket in hand or where one left it. */
function useColumns(hand: Hand) {
  const [column, setColumn] = useState<Column>("text");
  const page = useRef<HTMLDivElement>(null);
  const shown = useRef<Column>("text");
  const left = useRef(0);
  const turnTo = useCallback((next: Column) => {
    if (shown.current === "text") left.current = scrollY;
    setColumn(next);
  }, []);
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = column;
    if (before === column || !narrow()) return;
    const held = column === "text" ? document.getElementById(`bracket-${hand.held}`) : null;
    if (held) held.scrollIntoView({ block: "center" });
    else if (column === "text") scrollTo(0, left.current);
    else page.current?.scrollIntoView();
  }, [column, hand]);
  return { column, turnTo, page };
}

const narrow = (): boolean => matchMedia("(max-width: 899px)").matches;

/** What was pressed comes to hand. true: to be shown at once, where the columns are screens. */
function takeUp(hand: Hand, target: EventTarget): boolean {
  if (!(target instanceof Element) || getSelection()?.type === "Range") return false;
  if (target.closest(".note-mark")) return false;
  const clause = target.closest<HTMLElement>("[data-clause]");
  const number = target.closest(".ordinal, .margin-marks");
  const at = target.closest<HTMLElement>("[data-bracket]");
  if (at && !(number && clause && at.contains(clause))) {
    hand.hold(at.dataset["bracket"] as BracketId);
    if (target.closest(".open-mark")) toggleFold(hand, at);
    return true;
  }
  if (!clause) return false;
  // On a phone one touches the words to read on; the clause's number takes it up.
  if (!narrow() || number) hand.holdClause(clause.dataset["clause"] as ClauseId);
  return number !== null;
}

type Known = Pick<Standing, "looks" | "statusOf" | "agreedOption" | "margins">;

/** The store is there for the first paint, and follows what changes before the next. */
function useStandingStore(draft: Draft, order: readonly PlacedBracket[], known: Known): StandingStore {
  const { looks, statusOf, agreedOption, margins } = known;
  const standing = useMemo(
    () => standingOf(draft, order, { looks, statusOf, agreedOption, margins }),
    [draft, order, looks, statusOf, agreedOption, margins],
  );
  const [store] = useState(() => {
    const begun = new StandingStore();
    begun.put(standing);
    return begun;
  });
  useLayoutEffect(() => store.put(standing), [store, standing]);
  return store;
}

function standingOf(draft: Draft, order: readonly PlacedBracket[], known: Known): Standing {
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

function focusClause(id: ClauseId): void {
  const clause = document.querySelector<HTMLElement>(`.sheet [data-clause="${CSS.escape(id)}"]`);
  clause?.focus({ preventScroll: true });
  clause?.scrollIntoView({ block: "nearest" });
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
  stepClause: (by: 1 | -1) => void,
  onDigit: ((digit: number) => void) | undefined,
): void {
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const writing =
        event.target instanceof HTMLElement &&
        event.target.closest(
          "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog, [role=dialog], [role=menu]",
        );
      if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
      const key = keyOf(event);
      if (key === "]") step(1);
      else if (key === "[") step(-1);
      else if (key === "}") step(1, true);
      else if (key === "{") step(-1, true);
      else if (key === "j") stepClause(1);
      else if (key === "k") stepClause(-1);
      else if (key === "Escape") hand.hold(undefined);
      else if (/^[1-9]$/.test(key)) onDigit ? onDigit(Number(key)) : focusAlternative(key);
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [hand, step, stepClause, onDigit]);
}

const placesOfKeys: Readonly<Record<string, readonly [string, string]>> = {
  BracketLeft: ["[", "{"],
  BracketRight: ["]", "}"],
  KeyJ: ["j", "j"],
  KeyK: ["k", "k"],
};

/** A keyboard of Cyrillic or Arabic letters has the brackets where a Latin one has them. */
function keyOf({ key, code, shiftKey }: KeyboardEvent): string {
  const places = placesOfKeys[code];
  if (!places || /^[\x20-\x7e]$/.test(key)) return key;
  return places[shiftKey ? 1 : 0];
}
