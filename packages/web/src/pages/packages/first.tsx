/** A long list is shown in part until all of it is asked for. */
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { useWords } from "../../messages/words.ts";
import { useFigures } from "../../source/figures.ts";

/** `isKept`: what is shown wherever in the list it stands. `more`: the button that asks for all, while there are others. */
export function useFirst<T>(
  list: readonly T[],
  most: number,
  isKept: (one: T) => boolean = () => false,
): { readonly shown: readonly T[]; readonly more: ReactElement | null } {
  const t = useWords();
  const { count } = useFigures();
  const [all, setAll] = useState(false);
  const shown = all ? list : list.filter((one, place) => place < most || isKept(one));
  const more =
    shown.length < list.length ? (
      <Button className="button small" onPress={() => setAll(true)}>
        {t("packages.more", { count: count(list.length) })}
      </Button>
    ) : null;
  return { shown, more };
}
