/** The draft, set as a page to be read: clauses with hanging numbers, brackets in place. Knows no case and no rule. */
import {
  type AnyBracket,
  type AnyOption,
  type Attribution,
  type Block,
  type Cell,
  type Clause,
  DROP,
  type Inline,
  type Mark,
  type NoteId,
} from "@parley/text";
import { Fragment, type KeyboardEvent, memo, type ReactElement, type ReactNode, useContext } from "react";
import { PartyCode } from "../../frame/party.tsx";
import type { PartyLook } from "../../frame/party-codes.ts";
import { useWords } from "../../messages/words.ts";
import { useClauseInHand, useInHand } from "./hand.ts";
import { MarginMarks } from "./margin.tsx";
import { QuotedContext, useStanding } from "./standing.ts";
import "./text.css";

export const SetBlocks: React.NamedExoticComponent<{ blocks: readonly Block[] }> = memo(function SetBlocks({
  blocks,
}: {
  blocks: readonly Block[];
}) {
  return <>{gather(blocks).map(renderGathered)}</>;
});

type Gathered =
  | Block
  | { readonly type: "table"; readonly cells: readonly (Clause & { readonly cell: Cell })[] };

/** Neighbouring clauses of one table become one table. */
function gather(blocks: readonly Block[]): readonly Gathered[] {
  const out: Gathered[] = [];
  for (const block of blocks) {
    if (block.type !== "clause" || !block.cell) {
      out.push(block);
      continue;
    }
    const cell = { ...block, cell: block.cell };
    const last = out.at(-1);
    if (last?.type === "table" && last.cells[0]?.cell.table === block.cell.table) {
      out[out.length - 1] = { type: "table", cells: [...last.cells, cell] };
    } else out.push({ type: "table", cells: [cell] });
  }
  return out;
}

function renderGathered(item: Gathered): ReactElement {
  if (item.type === "clause") return <SetClause clause={item} key={item.id} />;
  if (item.type === "bracket") return <SetBracket block bracket={item} key={item.id} nested={false} />;
  return <SetTable cells={item.cells} key={item.cells[0]?.id} />;
}

function SetTable({ cells }: { cells: readonly (Clause & { readonly cell: Cell })[] }): ReactElement {
  const rows = [...new Set(cells.map(({ cell }) => cell.row))].sort((a, b) => a - b);
  return (
    <table className="set-table">
      <tbody>
        {rows.map((row) => (
          <tr key={row}>
            {cells
              .filter(({ cell }) => cell.row === row)
              .map((clause) => (
                <td colSpan={clause.cell.columns} key={clause.id} rowSpan={clause.cell.rows}>
                  <SetInlines content={clause.content} nested={false} />
                </td>
              ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SetClause = memo(function SetClause({ clause }: { clause: Clause }): ReactElement {
  const looks = useStanding((standing) => standing.looks);
  const held = useClauseInHand(clause.id);
  const quoted = useContext(QuotedContext);
  const number = clause.ordinal ? <span className="ordinal">{clause.ordinal}</span> : null;
  const shared = {
    id: quoted ? undefined : `clause-${clause.id}`,
    dir: clause.direction,
    "data-clause": clause.id,
    "data-held": held || undefined,
    "data-level": clause.level,
    tabIndex: -1,
  };
  if (clause.form === "heading") {
    const Heading = `h${Math.min(6, clause.level + 1)}` as "h2";
    return (
      <Heading className="clause heading" {...shared}>
        {number}
        {number && clause.content.length > 0 ? " " : null}
        <SetInlines content={clause.content} nested={false} />
        <MarginMarks clause={clause.id} />
      </Heading>
    );
  }
  return (
    <div className="clause" {...shared}>
      {number}
      <p>
        <SetInlines content={clause.content} nested={false} />
        {clause.concerns?.map((party) => (
          <Concern key={party} look={looks.get(party) ?? { name: party, code: party, hue: 0 }} />
        ))}
      </p>
      <MarginMarks clause={clause.id} />
    </div>
  );
});

/** A party on whom the clause is binding only if it accepts: its letters, hollow, as no one who backs anything. */
function Concern({ look }: { look: PartyLook }): ReactElement {
  const t = useWords();
  return (
    <abbr className="concern" title={t("clause.concerns", { who: look.name })}>
      {look.code}
    </abbr>
  );
}

const tags: Readonly<Record<Mark, "em" | "strong" | "u" | "s" | "sup" | "sub" | "span">> = {
  emphasis: "em",
  strong: "strong",
  underline: "u",
  strike: "s",
  superscript: "sup",
  subscript: "sub",
  editorial: "span",
};

export function SetInlines({
  content,
  nested,
}: {
  content: readonly Inline[];
  nested: boolean;
}): ReactElement {
  return (
    <>
      {content.map((inline, index) => (
        // Inline content has no ids of its own; its place is its identity until the draft changes.
        <SetInline inline={inline} key={inline.type === "bracket" ? inline.id : index} nested={nested} />
      ))}
    </>
  );
}

function SetInline({ inline, nested }: { inline: Inline; nested: boolean }): ReactNode {
  switch (inline.type) {
    case "text": {
      let words: ReactNode = inline.text.includes("\n") ? broken(inline.text) : inline.text;
      for (const mark of inline.marks ?? []) {
        const Tag = tags[mark];
        words = <Tag className={mark === "editorial" ? "editorial" : undefined}>{words}</Tag>;
      }
      if (!inline.revision) return words;
      const Change = inline.revision.kind === "insertion" ? "ins" : "del";
      return <Change title={inline.revision.author}>{words}</Change>;
    }
    case "note":
      return <SetNoteMark note={inline.note} />;
    case "break":
      return (
        <span className="clause-break" data-level={inline.level} id={`clause-${inline.clause}`}>
          {inline.ordinal ? <span className="ordinal">{inline.ordinal} </span> : null}
        </span>
      );
    case "bracket":
      return <SetBracket block={false} bracket={inline} nested={nested} />;
  }
}

/** Comments are about the text and no part of it; they stand beside it and have no number. */
function SetNoteMark({ note }: { note: NoteId }): ReactElement | null {
  const number = useStanding((standing) => standing.noteNumber(note));
  if (number === undefined) return null;
  return (
    <sup>
      <button
        className="note-mark"
        data-note={note}
        onClick={({ currentTarget }) => {
          // A page may have the text twice; said again beside it, a note stands under the text itself.
          const text = currentTarget.closest(".set") ?? document;
          text.querySelector(`[data-noted="${CSS.escape(note)}"]`)?.scrollIntoView({ block: "center" });
        }}
        type="button"
      >
        {number}
      </button>
    </sup>
  );
}

function broken(text: string): ReactNode {
  const [first, ...rest] = text.split("\n");
  return (
    <>
      {first}
      {rest.map((line) => (
        <Fragment key={line}>
          <br />
          {line}
        </Fragment>
      ))}
    </>
  );
}

/** A bracket where it stands. Its opening mark is the control; a click anywhere on it does the same. */
const SetBracket = memo(function SetBracket({
  block,
  bracket,
  nested,
}: {
  block: boolean;
  bracket: AnyBracket;
  nested: boolean;
}): ReactElement {
  const t = useWords();
  const { held, unfolded } = useInHand(bracket.id);
  const quoted = useContext(QuotedContext);
  const number = useStanding((standing) => standing.numberOf(bracket.id));
  const status = useStanding((standing) => standing.statusOf(bracket.id));
  const Element = block ? "div" : "span";
  const folded = nested && !unfolded && !isShort(bracket);
  const label = t("bracket.label", {
    number,
    status: t(`status.${status}`),
    count: bracket.options.length,
  });
  return (
    <Element
      className={block ? "bracket block" : "bracket"}
      data-bracket={bracket.id}
      data-held={held || undefined}
      data-kind={bracket.kind}
      data-status={status}
      id={quoted ? undefined : `bracket-${bracket.id}`}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a button is a box, and the line would break between it and its word. */}
      <span
        aria-expanded={nested ? !folded : undefined}
        aria-label={label}
        className="open-mark"
        onKeyDown={pressMark}
        role="button"
        tabIndex={held ? 0 : -1}
      >
        {block ? "" : "["}
      </span>
      {folded ? (
        <span className="folded">
          …<CloseMark />
        </span>
      ) : (
        <Options block={block} bracket={bracket} />
      )}
    </Element>
  );
});

/** A few words inside an alternative are read in place; more would hide the alternative around them. */
const shortWords = 80;

function isShort(bracket: AnyBracket): boolean {
  const options = bracket.options as readonly AnyOption[];
  return options.every((option) =>
    option.content.every((part) => part.type === "text" && part.text.length < shortWords),
  );
}

/** What a button does by itself: the two keys that press it are a click. */
function pressMark(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  event.currentTarget.click();
}

function CloseMark(): ReactElement {
  return (
    <span aria-hidden="true" className="close-mark">
      ]
    </span>
  );
}

function Options({ block, bracket }: { block: boolean; bracket: AnyBracket }): ReactElement {
  const t = useWords();
  const agreed = useStanding((standing) => standing.agreedOption(bracket.id));
  const Element = block ? "div" : "span";
  // An optional text has `keep` and `drop`; only the words that may stay are set.
  const visible =
    bracket.kind === "optional"
      ? (bracket.options as readonly AnyOption[]).filter((option) => option.id !== DROP)
      : bracket.options;
  return (
    <>
      {visible.map((option, index) => (
        <Fragment key={option.id}>
          {index > 0 && !block ? (
            <>
              {" "}
              <span aria-hidden="true" className="close-mark">
                [
              </span>
            </>
          ) : null}
          <Element
            className="option"
            data-agreed={agreed === undefined ? undefined : agreed === option.id ? "yes" : "no"}
            data-option={option.id}
          >
            {block ? (
              <>
                <p className="option-label">
                  {option.label ?? t("option.numbered", { number: index + 1 })}
                  <Backers attributions={option.attributions} />
                </p>
                <SetBlocks blocks={option.content as readonly Block[]} />
              </>
            ) : (
              <>
                {option.label ? <b>{option.label} </b> : null}
                <SetInlines content={option.content as readonly Inline[]} nested />
                <span className="tail">
                  <Backers attributions={option.attributions} />
                  <CloseMark />
                </span>
              </>
            )}
          </Element>
        </Fragment>
      ))}
    </>
  );
}

/** Who proposed an alternative, then who supports it, as a small row of letters. */
function Backers({
  attributions,
}: {
  attributions: readonly Attribution[] | undefined;
}): ReactElement | null {
  const looks = useStanding((standing) => standing.looks);
  if (!attributions || attributions.length === 0) return null;
  return (
    <span className="backers">
      {attributions.map(({ party }) => (
        <PartyCode key={party} look={looks.get(party) ?? { name: party, code: party, hue: 0 }} />
      ))}
    </span>
  );
}
