/**
 * What the shown parts of a Word file carry and nobody sees on the page: hidden words, letters too faint to be read, who
 * changed how something is set, who may edit it, names of content controls, paths in fields, descriptions of pictures.
 */
import type { LeakKind } from "../leaks.ts";
import type { Styles } from "./styles.ts";
import { child, type Element, elements, isOn, textInside, valOf } from "./xml.ts";

/** `removable`: a clean file has none of it. */
export type Found = (kind: LeakKind, what: string, removable?: boolean) => void;

interface Around {
  /** The paragraph's style hides its words. */
  readonly hidden: boolean;
  /** White letters in cells mostly stand on a dark ground. */
  readonly inTable: boolean;
}

export function findUnseen(root: Element, styles: Styles, found: Found): void {
  const changers = new Set<string>();
  visit(root, styles, { hidden: false, inTable: false }, found, changers);
  for (const author of changers) found("tracked-change", `settings or ends of paragraphs by ${author}`);
}

function visit(element: Element, styles: Styles, around: Around, found: Found, changers: Set<string>): void {
  for (const inner of elements(element)) {
    const { attributes } = inner;
    const author = attributes["author"];
    const ofSetting =
      /Change$|^cell(?:Ins|Del|Merge)$/.test(inner.name) || /^(?:rPr|trPr)$/.test(element.name);
    if (ofSetting && author) changers.add(author);
    let within = around;
    switch (inner.name) {
      case "p": {
        const style = styles.paragraph(valOf(child(inner, "pPr"), "pStyle"));
        within = { ...around, hidden: style.marks.get("hidden") ?? false };
        break;
      }
      case "tbl":
        within = { ...around, inTable: true };
        break;
      case "r": {
        const words = textInside(inner);
        if (words !== "" && isHidden(inner, styles, around)) {
          found("hidden-text", words);
          continue;
        }
        if (words.trim() !== "" && isFaint(inner, around))
          found("hidden-text", `white or tiny letters: ${words}`, false);
        break;
      }
      case "permStart":
        if (attributes["ed"]) found("metadata", `may edit: ${attributes["ed"]}`);
        break;
      case "sdtPr":
        for (const name of ["alias", "tag"]) {
          const said = valOf(inner, name);
          if (said) found("metadata", `name of a content control: ${said}`);
        }
        break;
      case "docPr": {
        const said = attributes["descr"] || attributes["title"];
        if (said) found("metadata", `description of a picture: ${said}`);
        break;
      }
      case "instrText":
      case "fldSimple": {
        const command = inner.name === "fldSimple" ? (attributes["instr"] ?? "") : textInside(inner);
        if (/[a-z]:\\|\\\\\\\\|file:/i.test(command)) found("metadata", `field: ${command.trim()}`);
        break;
      }
    }
    visit(inner, styles, within, found, changers);
  }
}

/** Hidden by itself, by its style or by the style of its paragraph. */
function isHidden(run: Element, styles: Styles, { hidden }: Around): boolean {
  const rPr = child(run, "rPr");
  return isOn(rPr, "vanish") ?? styles.marks(valOf(rPr, "rStyle")).get("hidden") ?? hidden;
}

/** White on nothing, or of at most two points. A judgement, for a dark ground may come from elsewhere. */
function isFaint(run: Element, { inTable }: Around): boolean {
  const rPr = child(run, "rPr");
  const size = valOf(rPr, "sz");
  if (size !== undefined && Number(size) <= 4) return true;
  const white = /^f{6}$/i.test(valOf(rPr, "color") ?? "");
  return white && !inTable && !child(rPr, "shd") && !child(rPr, "highlight");
}
