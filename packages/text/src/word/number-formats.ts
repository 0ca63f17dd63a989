/**
 * Numbers in the formats that Word numbers lists with (ECMA-376, ST_NumberFormat): those of English, Russian, Arabic, Hebrew
 * and Chinese texts, and signs of all of them. What is not known is shown in figures.
 */

/** `value` counts from 1; a format that has no sign for it shows figures. */
export function formatNumber(value: number, format: string): string {
  switch (format) {
    case "none":
      return "";
    case "lowerLetter":
      return letters(value, "abcdefghijklmnopqrstuvwxyz");
    case "upperLetter":
      return letters(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    case "russianLower":
      return letters(value, "абвгдежзиклмнопрстуфхцчшщыэюя");
    case "russianUpper":
      return letters(value, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ");
    case "lowerRoman":
      return roman(value).toLowerCase();
    case "upperRoman":
      return roman(value);
    case "arabicAlpha":
      return letters(value, "أبتثجحخدذرزسشصضطظعغفقكلمنهوي");
    case "arabicAbjad":
      return letters(value, "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ");
    case "ordinal":
      return `${value}${ordinalEnding(value)}`;
    case "cardinalText":
      return capital(inWords(value));
    case "ordinalText":
      return capital(asOrdinal(inWords(value)));
    case "decimalZero":
      return String(value).padStart(2, "0");
    case "hindiNumbers":
      return inDigits(value, "٠١٢٣٤٥٦٧٨٩");
    case "ideographDigital":
    case "japaneseDigitalTenThousand":
    case "taiwaneseDigital":
    case "koreanDigital2":
      return inDigits(value, "〇一二三四五六七八九");
    case "decimalFullWidth":
    case "decimalFullWidth2":
      return inDigits(value, "０１２３４５６７８９");
    case "chineseCounting":
    case "chineseCountingThousand":
    case "taiwaneseCounting":
    case "taiwaneseCountingThousand":
    case "japaneseCounting":
      return chinese(value);
    case "decimalEnclosedCircle":
    case "decimalEnclosedCircleChinese":
      return value >= 1 && value <= 20 ? String.fromCodePoint(0x2460 + value - 1) : String(value);
    case "decimalEnclosedParen":
      return `(${value})`;
    case "decimalEnclosedFullstop":
      return `${value}.`;
    case "numberInDash":
      return `- ${value} -`;
    case "hebrew1":
      return hebrew(value);
    case "ukrainianLower":
      return letters(value, "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя");
    case "ukrainianUpper":
      return letters(value, "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ");
    default:
      return String(value);
  }
}

/** "st", "nd", "rd", "th". */
function ordinalEnding(value: number): string {
  const teen = value % 100 >= 11 && value % 100 <= 13;
  return (teen ? undefined : ["", "st", "nd", "rd"][value % 10]) || "th";
}

/** a, b, ... z, aa, bb, ... as Word does. */
function letters(value: number, alphabet: string): string {
  if (value < 1) return String(value);
  const index = (value - 1) % alphabet.length;
  const times = Math.min(Math.floor((value - 1) / alphabet.length) + 1, 20);
  return (alphabet[index] ?? "").repeat(times);
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
];

function roman(value: number): string {
  if (value < 1 || value > 9999) return String(value);
  let rest = value;
  let out = "";
  for (const [size, sign] of ROMAN) {
    while (rest >= size) {
      out += sign;
      rest -= size;
    }
  }
  return out;
}

function inDigits(value: number, digits: string): string {
  const signs = [...digits];
  return [...String(value)].map((digit) => signs[Number(digit)] ?? digit).join("");
}

/** 一, 十, 十一, 二十, ... to 99. */
function chinese(value: number): string {
  if (value < 1 || value > 99) return inDigits(value, "〇一二三四五六七八九");
  const digit = (figure: number) => (figure === 0 ? "" : ("一二三四五六七八九"[figure - 1] ?? ""));
  const tens = Math.floor(value / 10);
  return `${tens > 1 ? digit(tens) : ""}${tens > 0 ? "十" : ""}${digit(value % 10)}`;
}

/** א, ב, ... י, יא, ..., with טו and טז for 15 and 16; to 499. */
function hebrew(value: number): string {
  if (value < 1 || value > 499) return String(value);
  const rest = value % 100;
  const low =
    rest === 15
      ? "טו"
      : rest === 16
        ? "טז"
        : `${sign("יכלמנסעפצ", Math.floor(rest / 10))}${sign("אבגדהוזחט", rest % 10)}`;
  return `${sign("קרשת", Math.floor(value / 100))}${low}`;
}

function sign(signs: string, figure: number): string {
  return figure === 0 ? "" : (signs[figure - 1] ?? "");
}

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/** "twenty-one"; to 99. */
function inWords(value: number): string {
  if (value < 0 || value > 99) return String(value);
  if (value < 20) return ONES[value] ?? "";
  const ones = value % 10;
  return `${TENS[Math.floor(value / 10) - 2]}${ones === 0 ? "" : `-${ONES[ones]}`}`;
}

const IRREGULAR: Readonly<Record<string, string>> = {
  one: "first",
  two: "second",
  three: "third",
  five: "fifth",
  eight: "eighth",
  nine: "ninth",
  twelve: "twelfth",
};

/** "twenty-one" -> "twenty-first". */
function asOrdinal(words: string): string {
  return words.replace(
    /[a-z]+$/,
    (last) => IRREGULAR[last] ?? (last.endsWith("y") ? `${last.slice(0, -1)}ieth` : `${last}th`),
  );
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
