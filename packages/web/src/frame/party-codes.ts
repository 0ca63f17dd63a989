/** How a party is told apart at a glance: its letters, and one of eight hues. */

export interface PartyLook {
  readonly name: string;
  readonly code: string;
  readonly hue: number;
}

/** A party by its name, and the letters that the case gives it, if it does. */
export interface PartyNamed {
  readonly name: string;
  readonly code?: string;
}

/** Hues go round by alphabet; so that no two parties share letters, a later one gets a number. */
export function partyCodes(parties: ReadonlyMap<string, PartyNamed>): ReadonlyMap<string, PartyLook> {
  const sorted = [...parties].sort(([, a], [, b]) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const all = sorted.map(([, { name }]) => name);
  const looks = new Map<string, PartyLook>();
  const taken = new Set<string>();
  sorted.forEach(([id, { name, code: given }], index) => {
    const letters = given ?? lettersOf(name, all);
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
