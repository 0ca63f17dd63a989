/** Words that somebody said, with links to the clauses, brackets and packages that they name; and a field to write them in. */
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { Button, Label, TextArea, TextField } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useCase } from "../../source/case-context.tsx";
import { useUnsent } from "../../source/unsent.ts";
import { partsOf, type Reference, referencesIn, useReferable } from "./references.ts";

export function Said({ words, refs }: { words: string; refs: readonly Reference[] }): ReactElement {
  return (
    <p className="said">
      <bdi>
        {partsOf(words, refs).map((part, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: what was said does not change.
          typeof part === "string" ? part : <ReferenceLink key={index} reference={part} />,
        )}
      </bdi>
    </p>
  );
}

function ReferenceLink({ reference: { name, to, id } }: { reference: Reference }): ReactElement {
  const params = { caseId: useCase().id };
  if (to === "package") {
    return (
      <Link params={params} search={{ package: id } as never} to="/case/$caseId/answer">
        {name}
      </Link>
    );
  }
  return (
    <Link params={params} search={{ [to]: id } as never} to="/case/$caseId/text">
      {name}
    </Link>
  );
}

export function Compose({
  channel,
  label,
  lesson,
  busy,
  onSend,
}: {
  /** Where it is said: what is not sent yet stays with it. */
  channel: string;
  label: string;
  /** What others learn, said over the button. */
  lesson: ReactNode;
  busy: boolean;
  /** true once it is recorded. */
  onSend: (words: string, refs: readonly Reference[]) => Promise<boolean>;
}): ReactElement {
  const t = useWords();
  const [words, setWords] = useUnsent(`message ${channel}`, "");
  const referable = useReferable();
  const send = async () => {
    const said = words.trim();
    if (said && (await onSend(said, referencesIn(said, referable)))) setWords("");
  };
  return (
    <SentForm className="compose stack-narrow" onSend={send}>
      <TextField className="field" onChange={setWords} value={words}>
        <Label>{t("channels.write")}</Label>
        <TextArea
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
          }}
          rows={3}
        />
      </TextField>
      {referable.length > 0 ? (
        <Choose
          choices={referable.map(({ to, id, name }) => ({ id: `${to} ${id}`, name }))}
          label={t("channels.refer")}
          onChoose={(chosen) => {
            const named = referable.find(({ to, id }) => `${to} ${id}` === chosen);
            if (named) setWords(`${words}${words === "" || words.endsWith(" ") ? "" : " "}${named.name} `);
          }}
          value={undefined}
        />
      ) : null}
      {lesson}
      <Button className="button primary" isDisabled={!words.trim() || busy} type="submit">
        {label}
      </Button>
    </SentForm>
  );
}
