/** Beside a text that is compared: where it changed, and the way to each place. Nothing can be done about it here. */
import { type Clause, type ClauseId, clauses, type Draft, plainText } from "@parley/text";
import { type ReactElement, useMemo } from "react";
import { Button } from "react-aria-components";
import { useWords } from "../../messages/words.ts";
import { placesOf } from "../../source/names.ts";

export function Changes({ draft, onGo }: { draft: Draft; onGo: (clause: ClauseId) => void }): ReactElement {
  const t = useWords();
  const all = useMemo(() => clauses(draft), [draft]);
  const places = useMemo(() => placesOf(all), [all]);
  const changed = all.filter(isChanged);
  return (
    <section className="stack-narrow">
      <h2>{t("text.changed", { count: changed.length })}</h2>
      <p className="small quiet">{t("text.changed.what")}</p>
      <ol className="list changes">
        {changed.map((clause) => (
          <li key={clause.id}>
            <Button className="link" onPress={() => onGo(clause.id)}>
              {places.get(clause.id) || firstWords(clause)}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}

const isChanged = ({ content }: Clause): boolean =>
  content.some((part) => part.type === "text" && part.revision !== undefined);

function firstWords({ content }: Clause): string {
  const words = plainText(content).trim();
  return words.length > 40 ? `${words.slice(0, 40).trimEnd()}…` : words;
}
