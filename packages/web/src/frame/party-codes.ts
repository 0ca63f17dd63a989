/** How a party is told apart at a glance: its letters, and one of eight hues. */

export interface PartyLook {
  readonly name: string;
  readonly code: string;
  readonly hue: number;
}

/** Hues go round by alphabet; so that no two parties share letters, a later one gets a number. */
export function partyCodes(names: ReadonlyMap<string, string>): ReadonlyMap<string, PartyLook> {
  const sorted = [...names].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
  const all = sorted.map(([, name]) => name);
  const looks = new Map<string, PartyLook>();
  const taken = new Set<string>();
  sorted.forEach(([id, name], index) => {
    const letters = lettersOf(name, all);
    let code = letters;
    for (let number = 2; taken.has(code); number += 1) code = `${letters}${number}`;
    taken.add(code);
    looks.set(id, { name, code, hue: index % 8 });
  });
  return looks;
}

const mostLetters = 3;

/** The initials of a name of several words; of one word, as few first letters as tell it from the other parties. */
function lettersOf(name: string, all: readonly string[]): string {
  const initials = name.match(/(?<![\p{L}\p{N}])\p{Lu}/gu) ?? [];
  if (initials.length > 1) return initials.slice(0, mostLetters).join("");
  const plain = (one: string) => one.replace(/[^\p{L}\p{N}]/gu, "").toLocaleUpperCase();
  const letters = [...plain(name)];
  const others = all.filter((other) => other !== name).map(plain);
  for (let length = 1; length < mostLetters; length += 1) {
    const code = letters.slice(0, length).join("");
    if (code !== "" && !others.some((other) => other.startsWith(code))) return code;
  }
  return letters.slice(0, mostLetters).join("") || "?";
}
