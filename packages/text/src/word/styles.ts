/** `styles.xml`: what a paragraph or run has from its style, by the chain of `basedOn`. */
import type { Mark } from "../model.ts";
import { child, type Element, elements, indentOf, isOn, valOf } from "./xml.ts";

export interface NumberingUse {
  readonly numId: string;
  readonly ilvl: number | undefined;
}

export interface ParagraphStyle {
  readonly name: string;
  readonly outline: number | undefined;
  readonly numbering: NumberingUse | undefined;
  /** Its own id and those of the styles it is based on. */
  readonly chain: readonly string[];
  readonly rtl: boolean;
  readonly indent: number | undefined;
  /** What it sets for the words in it that readers are told of: whether they are hidden or struck out. */
  readonly marks: ReadonlyMap<Mark | "hidden", boolean>;
}

export class Styles {
  readonly #byId = new Map<string, Element>();
  #defaultParagraph: string | undefined;

  constructor(root: Element | undefined) {
    for (const style of elements(root)) {
      const id = style.attributes["styleId"];
      if (style.name !== "style" || id === undefined) continue;
      this.#byId.set(id, style);
      const standard = style.attributes["default"];
      if (style.attributes["type"] === "paragraph" && (standard === "1" || standard === "true")) {
        this.#defaultParagraph = id;
      }
    }
  }

  paragraph(id: string | undefined): ParagraphStyle {
    const chain = this.#chain(id ?? this.#defaultParagraph);
    const properties = chain.map((style) => child(style, "pPr"));
    const outline = first(properties, (pPr) => valOf(pPr, "outlineLvl"));
    const named = chain.map((style) => /^heading (\d)$/i.exec(valOf(style, "name") ?? "")?.[1]).find(Boolean);
    return {
      name: valOf(chain[0], "name") ?? "",
      outline: named ? Number(named) - 1 : outline === undefined ? undefined : Number(outline),
      numbering: numberingOf(properties),
      chain: chain.map((style) => style.attributes["styleId"] ?? ""),
      rtl: first(properties, (pPr) => isOn(pPr, "bidi")) ?? false,
      indent: first(properties, indentOf),
      marks: new Map([...this.#marksOf(chain)].filter(([mark]) => mark === "hidden" || mark === "strike")),
    };
  }

  /** The marks that a character style gives. */
  marks(id: string | undefined): ReadonlyMap<Mark | "hidden", boolean> {
    return this.#marksOf(this.#chain(id));
  }

  #marksOf(chain: readonly Element[]): Map<Mark | "hidden", boolean> {
    const marks = new Map<Mark | "hidden", boolean>();
    for (const style of [...chain].reverse()) {
      for (const [mark, on] of readMarks(child(style, "rPr"))) marks.set(mark, on);
    }
    return marks;
  }

  #chain(id: string | undefined): Element[] {
    const chain: Element[] = [];
    for (let next = id; next !== undefined && chain.length < 20; ) {
      const style = this.#byId.get(next);
      if (!style) break;
      chain.push(style);
      next = valOf(style, "basedOn");
    }
    return chain;
  }
}

/** A style may say only the list or only the level, and have the other from the style it is based on. */
function numberingOf(properties: readonly (Element | undefined)[]): NumberingUse | undefined {
  const uses = properties.map(readNumbering).filter((use) => use !== undefined);
  if (uses.length === 0) return undefined;
  return {
    numId: uses.map(({ numId }) => numId).find((numId) => numId !== "") ?? "",
    ilvl: uses.map(({ ilvl }) => ilvl).find((ilvl) => ilvl !== undefined),
  };
}

function first<In, Out>(list: readonly In[], read: (item: In) => Out | undefined): Out | undefined {
  for (const item of list) {
    const found = read(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The list that a paragraph's properties put it in. `numId` "0" takes it out of any. */
export function readNumbering(pPr: Element | undefined): NumberingUse | undefined {
  const numPr = child(pPr, "numPr");
  const numId = valOf(numPr, "numId");
  const ilvl = valOf(numPr, "ilvl");
  if (numId === undefined && ilvl === undefined) return undefined;
  return { numId: numId ?? "", ilvl: ilvl === undefined ? undefined : Number(ilvl) };
}

/** What a run's own properties switch on and off. */
export function readMarks(rPr: Element | undefined): [Mark | "hidden", boolean][] {
  const marks: [Mark | "hidden", boolean][] = [];
  const put = (mark: Mark | "hidden", on: boolean | undefined) => on !== undefined && marks.push([mark, on]);
  put("strong", isOn(rPr, "b"));
  put("emphasis", isOn(rPr, "i"));
  put("underline", isOn(rPr, "u"));
  put("strike", either(isOn(rPr, "strike"), isOn(rPr, "dstrike")));
  put("hidden", isOn(rPr, "vanish"));
  const position = valOf(rPr, "vertAlign") ?? raised(rPr);
  if (position !== undefined) {
    put("superscript", position === "superscript");
    put("subscript", position === "subscript");
  }
  return marks;
}

function either(one: boolean | undefined, other: boolean | undefined): boolean | undefined {
  return one === undefined && other === undefined ? undefined : one === true || other === true;
}

/** Some programs raise and shrink letters instead of saying that they are superscript. */
function raised(rPr: Element | undefined): string | undefined {
  const height = Number(valOf(rPr, "position") ?? 0) || 0;
  if (height === 0 || valOf(rPr, "sz") === undefined) return undefined;
  return height > 0 ? "superscript" : "subscript";
}
