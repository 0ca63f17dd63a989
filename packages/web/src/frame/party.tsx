/** A party wherever it is named: eight hues by alphabet, and always its letters. */
import type { ReactElement } from "react";

/** Letter codes: the first letter, longer where two parties would share it; hues go round after eight. */
export function partyCodes(names: ReadonlyMap<string, string>): ReadonlyMap<string, PartyLook> {
  const sorted = [...names].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
  const looks = new Map<string, PartyLook>();
  sorted.forEach(([id, name], index) => {
    looks.set(id, { name, code: shortest(name, id, sorted), hue: index % 8 });
  });
  return looks;
}

export interface PartyLook {
  readonly name: string;
  readonly code: string;
  readonly hue: number;
}

const longestCode = 4;

function shortest(name: string, id: string, all: readonly (readonly [string, string])[]): string {
  const letters = [...name.replace(/[^\p{L}\p{N}]/gu, "").toLocaleUpperCase()];
  for (let length = 1; length <= longestCode; length += 1) {
    const code = letters.slice(0, length).join("");
    const shared = all.some(
      ([other, otherName]) =>
        other !== id &&
        otherName
          .replace(/[^\p{L}\p{N}]/gu, "")
          .toLocaleUpperCase()
          .startsWith(code),
    );
    if (!shared && code !== "") return code;
  }
  return letters.slice(0, longestCode - 1).join("") + (all.findIndex(([other]) => other === id) + 1);
}

export function PartyCode({ look }: { look: PartyLook }): ReactElement {
  return (
    <abbr className="party-code" data-hue={look.hue} title={look.name}>
      {look.code}
    </abbr>
  );
}

export function PartyName({ look }: { look: PartyLook }): ReactElement {
  return (
    <span className="party">
      <span aria-hidden="true" className="party-code" data-hue={look.hue}>
        {look.code}
      </span>
      {look.name}
    </span>
  );
}
