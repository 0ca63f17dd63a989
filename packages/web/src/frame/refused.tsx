import type { ReactElement } from "react";

/** Why an act was refused, or a file or an answer not taken, in the sentence that the rule gave; nothing where nothing was. */
export function Refused({ why }: { why: string | undefined }): ReactElement | null {
  return why ? (
    <p className="fault" role="alert">
      {why}
    </p>
  ) : null;
}
