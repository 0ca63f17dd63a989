/** What a Word file gives away beside its text: names in its properties, hidden words, parts nobody sees. */
import type { Leak, LeakKind } from "../leaks.ts";
import { unpack } from "./archive.ts";
import { DRAFT_NAMESPACE } from "./parts.ts";
import { child, type Element, elements, isOn, parseXml, textInside } from "./xml.ts";

const LOOKED_AT =
  /^(?:docProps\/(?:core|app|custom)\.xml|word\/(?:document|people|settings)\.xml|customXml\/item\d+\.xml)$/;
const PROPERTIES = new Set([
  "creator",
  "lastModifiedBy",
  "Company",
  "Manager",
  "Template",
  "description",
  "keywords",
  "subject",
  "category",
]);

/** Lists them; comments and tracked changes are found in the draft (`findLeaks`). Throws as `readWord`. */
export function findWordLeaks(bytes: Uint8Array): Leak[] {
  const leaks: Leak[] = [];
  const add = (kind: LeakKind, where: string, what: string) =>
    leaks.push({ kind, where, what: what.replace(/\s+/gu, " ").slice(0, 80), removable: true });
  for (const [name, part] of unpack(bytes, (one) => LOOKED_AT.test(one))) {
    const root = parseXml(part, name);
    if (name === "word/document.xml") hiddenRuns(root, (words) => add("hidden-text", name, words));
    else if (name === "word/people.xml") {
      for (const person of elements(root)) add("metadata", name, person.attributes["author"] ?? "a person");
    } else if (name === "word/settings.xml") {
      if (child(root, "attachedTemplate")) add("metadata", name, "the path of a template");
      for (const variable of elements(child(root, "docVars"))) {
        add("metadata", name, `${variable.attributes["name"]}: ${variable.attributes["val"]}`);
      }
    } else if (name.startsWith("customXml/")) {
      const own = root.attributes["xmlns"] === DRAFT_NAMESPACE;
      add(
        own ? "model" : "metadata",
        name,
        own ? "the draft itself, with all ids and names" : `data of ${root.name}`,
      );
    } else {
      for (const property of elements(root)) {
        const words = textInside(property).trim();
        const custom = name === "docProps/custom.xml";
        if (words !== "" && (custom || PROPERTIES.has(property.name))) {
          add("metadata", name, `${property.attributes["name"] ?? property.name}: ${words}`);
        }
      }
    }
  }
  return leaks;
}

function hiddenRuns(element: Element, found: (words: string) => void): void {
  for (const inner of elements(element)) {
    if (inner.name === "r" && isOn(child(inner, "rPr"), "vanish")) found(textInside(inner));
    else hiddenRuns(inner, found);
  }
}
