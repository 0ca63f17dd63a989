/** The left column: headings, each with the brackets that are open under it; then who backs how many. */
import { type Clause, clauses, type Draft, type PlacedBracket, plainText } from "@parley/text";
import { type ReactElement, type ReactNode, useMemo } from "react";
import { PartyName } from "../../frame/party.tsx";
import { useWords } from "../../messages/words.ts";
import type { BracketStatus } from "../../source/text-view.ts";
import { Counts } from "./counts.tsx";
import { useStanding } from "./standing.ts";

interface Heading {
  readonly clause: Clause;
  readonly open: number;
}

export function Outline({
  draft,
  order,
  counted,
  course,
  onGo,
}: {
  draft: Draft;
  order: readonly PlacedBracket[];
  /** Whether brackets can be counted here; in a text that is compared they are words. */
  counted: boolean;
  course: ReactNode;
  onGo: (clauseId: string) => void;
}): ReactElement {
  const t = useWords();
  const statusOf = useStanding((standing) => standing.statusOf);
  const headings = useMemo(() => headingsOf(draft, order, statusOf), [draft, order, statusOf]);
  return (
    <nav aria-label={t("outline.title")} className="column outline">
      <h2>{t("outline.title")}</h2>
      {counted ? <Counts order={order} statusOf={statusOf} /> : null}
      {course}
      <ol className="list">
        {headings.map(({ clause, open }) => (
          <li data-level={clause.level} key={clause.id}>
            <a
              href={`#clause-${clause.id}`}
              onClick={(event) => {
                event.preventDefault();
                onGo(clause.id);
              }}
            >
              <span dir="auto">
                {clause.ordinal} {plainText(clause.content)}
              </span>
              {open > 0 ? (
                <span className="open-count" title={t("outline.open", { count: open })}>
                  [{open}]
                </span>
              ) : null}
            </a>
          </li>
        ))}
      </ol>
      <Backing order={order} />
    </nav>
  );
}

function headingsOf(
  draft: Draft,
  order: readonly PlacedBracket[],
  statusOf: (id: PlacedBracket["bracket"]["id"]) => BracketStatus,
): readonly Heading[] {
  const openIn = new Map<string, number>();
  for (const { bracket, clause } of order) {
    if (clause && statusOf(bracket.id) === "open") openIn.set(clause, (openIn.get(clause) ?? 0) + 1);
  }
  const out: { clause: Clause; open: number }[] = [];
  for (const clause of clauses(draft)) {
    if (clause.form === "heading") out.push({ clause, open: 0 });
    const under = out.at(-1);
    if (under) under.open += openIn.get(clause.id) ?? 0;
  }
  return out;
}

function Backing({ order }: { order: readonly PlacedBracket[] }): ReactElement | null {
  const t = useWords();
  const looks = useStanding((standing) => standing.looks);
  const statusOf = useStanding((standing) => standing.statusOf);
  const backed = new Map<string, number>();
  for (const { bracket } of order) {
    if (statusOf(bracket.id) !== "open") continue;
    const parties = new Set(bracket.options.flatMap((o) => (o.attributions ?? []).map(({ party }) => party)));
    for (const party of parties) backed.set(party, (backed.get(party) ?? 0) + 1);
  }
  if (backed.size === 0) return null;
  return (
    <section className="backing">
      <h3>{t("outline.holds")}</h3>
      <dl>
        {[...backed].sort().map(([party, count]) => (
          <div key={party}>
            <dt>
              <PartyName look={looks.get(party) ?? { name: party, code: party, hue: 0 }} />
            </dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
