import type { Note } from "@parley/text";
import type { ReactElement } from "react";
import { useWords } from "../../messages/words.ts";
import { SetInlines } from "./set-text.tsx";
import { useStanding } from "./standing.ts";

/** Under a text: its footnotes and the reservations upon it, numbered as they are. */
export function Notes({ notes }: { notes: readonly Note[] }): ReactElement | null {
  const t = useWords();
  const looks = useStanding((standing) => standing.looks);
  if (notes.length === 0) return null;
  return (
    <section aria-label={t("text.notes")} className="notes">
      <ol>
        {notes.map((note) => (
          <li data-noted={note.id} key={note.id}>
            {note.kind === "reservation" && note.author ? (
              <strong>
                {t("text.reservation", { who: looks.get(note.author)?.name ?? note.author })}
                {t("said.colon")}
              </strong>
            ) : null}
            <SetInlines content={note.content} nested={false} />
          </li>
        ))}
      </ol>
    </section>
  );
}
