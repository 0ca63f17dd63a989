/**
 * The button that does what a form is for. While something is missing it cannot be pressed, and what is missing is said under
 * it, by the names of the fields. A form with one field needs no such words: the empty field says them.
 */
import { type ReactElement, useId } from "react";
import { Button } from "react-aria-components";
import { useWords } from "../messages/words.ts";

/** What must be given, by its name, and what is given; words that are blank are none. */
export type Needs = readonly (readonly [name: string, given: string | boolean])[];

export function ActButton({
  label,
  needs,
  busy = false,
  onPress,
}: {
  label: string;
  needs: Needs;
  busy?: boolean;
  /** Without it the form around the button is sent. */
  onPress?: () => void;
}): ReactElement {
  const t = useWords();
  const id = useId();
  const lacks = needs.flatMap(([name, given]) => {
    const isGiven = typeof given === "string" ? given.trim() !== "" : given;
    return isGiven ? [] : [name];
  });
  const missing = lacks.length > 0;
  return (
    <>
      <Button
        className="button primary"
        isDisabled={busy || missing}
        {...(missing ? { "aria-describedby": id } : {})}
        {...(onPress ? { onPress } : { type: "submit" })}
      >
        {label}
      </Button>
      {missing ? (
        <p className="small quiet lacks" id={id}>
          {t("act.lacks", { what: lacks.join(t("said.semicolon")) })}
        </p>
      ) : null}
    </>
  );
}
