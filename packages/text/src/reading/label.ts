/**
 * Labels of alternatives: "Option 1:", "Alt 2", "Option 3 bis:", "Alternative B.", "Sub-option 1.2:", "Вариант 1:"; alone
 * in its line also "OP1 Alt 2", as compilations shorten "Option 1 Alt 2".
 */

const LABEL =
  /^(?:(?:Sub-?\s?|SUB-?\s?)?(?:[Oo]ption|OPTION)|Alternative|ALTERNATIVE|Alt\.?|ALT\.?|Variant|Вариант|Opción|الخيار|OP(?=\s?\d{1,2}\s?[Aa][Ll][Tt]\.?\s?\d{1,2}\s*$))\s?(\d{1,2}(?:\.\d{1,2})?|[IVX]{1,4}|[A-H])((?:\s?(?:bis|ter|quater|[Aa]lt\.?(?:\s?\d{1,2})?|ALT\.?(?:\s?\d{1,2})?|[a-h](?=[\s:.])))?)\s?(?:[:.)](?!\d)|[–—-](?=\s)|(?=\s|$))/u;
const END = /^\s*\{?\s*End of (?:options?|alternatives)\s*\}?\s*$/iu;

/** `rank` counts from 1 in its `series` ("Option 1", "Option I", "Option A" are of different series). */
export interface Label {
  readonly label: string;
  readonly series: "arabic" | "decimal" | "roman" | "letter";
  readonly rank: number;
  readonly suffix: string;
}

export function readLabel(text: string): Label | undefined {
  const match = LABEL.exec(text.slice(0, 60));
  if (!match) return undefined;
  const [whole, number = "", suffix = ""] = match;
  const [major, minor] = number.split(".");
  const said = { label: whole.trimEnd(), suffix: suffix.trim() };
  if (minor !== undefined) return { ...said, series: "decimal", rank: 100 * Number(major) + Number(minor) };
  if (/^\d/.test(number)) return { ...said, series: "arabic", rank: Number(number) };
  if (/^[IVX]+$/.test(number)) return { ...said, series: "roman", rank: roman(number) };
  return { ...said, series: "letter", rank: number.charCodeAt(0) - 64 };
}

export function saysEndOfOptions(text: string): boolean {
  return END.test(text);
}

function roman(number: string): number {
  const values: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 };
  let sum = 0;
  [...number].forEach((digit, index) => {
    const value = values[digit] ?? 0;
    sum += value < (values[number[index + 1] ?? ""] ?? 0) ? -value : value;
  });
  return sum;
}
