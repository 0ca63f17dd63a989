/** Words about a clause or bracket that propose nothing, and those that came with the draft. */
import { type ClauseId, clauses, plainText } from "@parley/text";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { TextView } from "../../source/text-view.ts";
import { useUnsentWords } from "../../source/unsent.ts";

export function Comments({
  view,
  clause,
  bracket,
}: {
  view: TextView;
  clause: ClauseId;
  bracket?: string;
}): ReactElement | null {
  const t = useWords();
  const may = useMay(view.text);
  const { act, busy, refusal } = useActing();
  const [words, setWords] = useUnsentWords(`comment ${bracket ?? clause}`);
  const { text, audience } = view;
  const said = text.comments.filter((one) =>
    bracket === undefined ? one.clause === clause : one.bracket === bracket,
  );
  const imported = bracket === undefined ? importedOn(view, clause) : [];
  const mayComment = may("CommentMade", audience);
  if (said.length === 0 && imported.length === 0 && !mayComment) return null;
  const send = async (comment: string) => {
    const body = { draft: text.id, clause, ...(bracket === undefined ? {} : { bracket }), text: comment };
    if (await act({ kind: "CommentMade", audience, body })) setWords(undefined);
  };
  return (
    <section className="stack-narrow">
      <h3>{t("comment.title")}</h3>
      {imported.map(({ id, author, content }) => (
        <div className="remark" key={id}>
          <p className="small quiet">
            {author ? `${author} · ${t("comment.imported")}` : t("comment.imported")}
          </p>
          <p>{plainText(content)}</p>
        </div>
      ))}
      {said.map((one) => (
        <Said at={one.at} by={one.by} key={one.id} text={one.text} />
      ))}
      {mayComment && words === undefined ? (
        <div className="acts">
          <Button className="button small" onPress={() => setWords("")}>
            {t("comment.begin")}
          </Button>
          <Button
            className="button small"
            isDisabled={busy}
            onPress={() => setWords(t("comment.leave.words"))}
          >
            {t("comment.leave")}
          </Button>
        </div>
      ) : null}
      {words !== undefined ? (
        <>
          <Field label={t("comment.words")} onChange={setWords} rows={3} value={words} />
          <Learns lesson={{ given: t(`audience.${audience}`) }} />
          <div className="acts">
            <Button
              className="button primary small"
              isDisabled={busy || words.trim() === ""}
              onPress={() => void send(words.trim())}
            >
              {t("comment.send")}
            </Button>
            <Button className="button small" onPress={() => setWords(undefined)}>
              {t("act.cancel")}
            </Button>
          </div>
        </>
      ) : null}
      <Refused why={refusal} />
    </section>
  );
}

function Said({ by, at, text }: { by: string; at: string; text: string }): ReactElement {
  const looks = useLooks();
  const { sitting } = useSnapshot();
  const { minute } = useMoments();
  const look = looks.get(by);
  return (
    <div className="remark" data-mine={sitting?.seat === by || undefined}>
      <p className="row small">
        {look ? <PartyName look={look} /> : by}
        <time className="quiet" dateTime={at}>
          {minute(at)}
        </time>
      </p>
      <p>{text}</p>
    </div>
  );
}

function importedOn({ draft }: TextView, clause: ClauseId) {
  const content = clauses(draft).find(({ id }) => id === clause)?.content ?? [];
  const marked = new Set(content.flatMap((part) => (part.type === "note" ? [part.note as string] : [])));
  return draft.notes.filter((note) => note.kind === "comment" && marked.has(note.id));
}
