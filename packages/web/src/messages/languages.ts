/** Languages by their names; whatever is not a code (BCP 47) stands as somebody wrote it. */
import { useIntl } from "react-intl";
import { useWords } from "./words.ts";

/** A language as it is named in a text and on record (BCP 47). */
export const languageCode = /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i;

export function useLanguages(): (written: readonly string[]) => string {
  const t = useWords();
  const intl = useIntl();
  return (written) =>
    written
      .map((one) =>
        languageCode.test(one) ? (intl.formatDisplayName(one, { type: "language" }) ?? one) : one,
      )
      .join(t("said.comma"));
}
