import type { ReactElement, ReactNode } from "react";
import { useWords, useWordsIfAny } from "../messages/words.ts";
import type { No } from "../source/no.ts";

/** What the sentence of such a code leaves out: what was written, and where in it. */
const inexact =
  /^bad-(?:body|request|header|fence|id|preferences|file)$|^(?:duplicate-id|not-word|unsafe-file|too-deep|solver-(?:ended|fault))$/;

/** Why an act was refused, or a file or an answer not taken, in the reader's language; nothing where nothing was. */
export function Refused({ why }: { why: No | string | undefined }): ReactElement | null {
  const t = useWords();
  const ifAny = useWordsIfAny();
  if (!why) return null;
  if (typeof why === "string") return <Fault>{why}</Fault>;
  const said = ifAny(`refusal.${why.code}`, why.values);
  return (
    <Fault>
      {said}{" "}
      {said !== undefined && inexact.test(why.code) && why.sentence !== "" ? t("refusal.exactly") : null}{" "}
      {why.sentence !== "" && (said === undefined || inexact.test(why.code)) ? (
        <code dir="ltr" lang="en">
          {why.sentence}
        </code>
      ) : null}
    </Fault>
  );
}

function Fault({ children }: { children: ReactNode }): ReactElement {
  return (
    <p className="fault" role="alert">
      {children}
    </p>
  );
}
