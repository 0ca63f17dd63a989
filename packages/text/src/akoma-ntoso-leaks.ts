/** What an Akoma Ntoso file gives away beside its text: the draft that goes along, people and remarks in its `meta`. */
import type { Leak, LeakKind } from "./leaks.ts";
import { type Element, elements, parseXml, textInside } from "./word/xml.ts";

/** Parts of `meta` that hold whatever a program puts there. */
const FOREIGN = new Set(["proprietary", "preservation", "presentation"]);

/** Lists them; tracked changes and their authors are found in the draft (`findLeaks`). Throws as `readAkomaNtoso`. */
export function findAkomaNtosoLeaks(source: string): Leak[] {
  const leaks: Leak[] = [];
  const add = (kind: LeakKind, where: string, what: string) =>
    leaks.push({ kind, where, what: what.replace(/\s+/gu, " ").trim().slice(0, 80), removable: true });
  const look = (element: Element, inMeta: boolean): void => {
    for (const inner of elements(element)) {
      if (!inMeta) look(inner, inner.name === "meta");
      else if (FOREIGN.has(inner.name)) foreign(inner);
      else if (inner.name === "TLCPerson")
        add("metadata", "meta", `${inner.name}: ${inner.attributes["showAs"]}`);
      else if (inner.name === "note") add("metadata", "meta", `note: ${textInside(inner)}`);
      else look(inner, true);
    }
  };
  const foreign = (part: Element): void => {
    for (const inner of elements(part)) {
      const own = inner.name === "draft" && textInside(inner).trimStart().startsWith("---");
      if (own) add("model", part.name, "the draft itself, with all ids and names");
      else add("metadata", part.name, `${inner.name}: ${textInside(inner)}`);
    }
  };
  look(parseXml(new TextEncoder().encode(source), "Akoma Ntoso", "not-akoma-ntoso"), false);
  return leaks;
}
