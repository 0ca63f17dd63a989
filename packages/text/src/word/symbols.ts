/** Signs that Word takes from symbol fonts (`w:sym`) -> the characters they look like, or U+FFFD where there is none. */

/** The font "Symbol" from 0x20 and from 0xA0 on, as Unicode's mapping of it has them. */
const LOW = [
  ..." !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
];
const HIGH = [..."€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"];
/** Of the fonts whose letters are pictures, the signs that texts use. */
const PICTURES: Readonly<Record<string, string>> = { b7: "•", a7: "▪", fc: "✓", e0: "→", d8: "➢" };

/** `char`: the code in hexadecimal figures; fonts of symbols may have theirs moved up by F000. */
export function symbol(char: string, font: string): string {
  const code = Number.parseInt(char, 16);
  const moved = code >= 0xf020 && code <= 0xf0ff;
  const place = moved ? code - 0xf000 : code;
  const picture = PICTURES[place.toString(16)];
  if (/dings/i.test(font)) return picture ?? "\ufffd";
  if (moved || /^symbol$/i.test(font)) return LOW[place - 0x20] ?? HIGH[place - 0xa0] ?? picture ?? "\ufffd";
  const isSign = code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xf8ff);
  return isSign ? String.fromCodePoint(code) : "\ufffd";
}
