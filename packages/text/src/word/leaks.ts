/**
 * What a Word file gives away beside its text: names in its properties, hidden words, parts nobody sees, paths of files.
 * Cleaning writes a new file with none of them.
 */
import type { Leak, LeakKind } from "../leaks.ts";
import { unpack } from "./archive.ts";
import { DRAFT_NAMESPACE } from "./parts.ts";
import { Styles } from "./styles.ts";
import { findUnseen } from "./unseen.ts";
import { child, type Element, elements, parseXml, textInside } from "./xml.ts";

const LOOKED_AT =
  /^(?:docProps\/\w+\.xml|docMetadata\/\w+\.xml|word\/(?:document|styles|people|settings|header|footer|footnotes|endnotes|comments)\d*\.xml|word\/_rels\/\w+\.xml\.rels|customXml\/item\d+\.xml)$/i;
const SHOWN = /^word\/(?:document|header|footer|footnotes|endnotes|comments)\d*\.xml$/i;
const PROPERTIES = new Set([
  "creator",
  "lastModifiedBy",
  "Company",
  "Manager",
  "Template",
  "HyperlinkBase",
  "TotalTime",
  "description",
  "keywords",
  "subject",
  "category",
  "contentStatus",
  "created",
  "modified",
  "lastPrinted",
  "revision",
]);
/** Parts whose being there says something, whatever is in them. */
const TELLING: readonly (readonly [RegExp, string])[] = [
  [/^docProps\/thumbnail/i, "a picture of the first page"],
  [/vbaProject\.bin$/i, "macros"],
  [/printerSettings/i, "the settings of a printer"],
  [/^word\/(?:embeddings|activeX)\//i, "a file of another program"],
  [/^word\/media\//i, "a picture, which may say when, where and by whom it was made"],
  [/^word\/glossary\/document/i, "passages kept for re-use (AutoText)"],
  [/^word\/attachedToolbars|^userCustomization\//i, "somebody's own settings of Word"],
];

/** Lists them; comments and tracked changes are found in the draft (`findLeaks`). Throws as `readWord`. */
export function findWordLeaks(bytes: Uint8Array): Leak[] {
  const leaks: Leak[] = [];
  const add: Add = (kind, where, what, removable = true) =>
    leaks.push({ kind, where, what: what.replace(/\s+/gu, " ").slice(0, 80), removable });
  const names: string[] = [];
  const parts = unpack(bytes, (name) => {
    names.push(name);
    return LOOKED_AT.test(name);
  });
  const roots = new Map([...parts].map(([name, part]) => [name, parseXml(part, name)]));
  const styles = new Styles([...roots].find(([name]) => /^word\/styles\d*\.xml$/i.test(name))?.[1]);
  const shown = [...roots].map(([name, root]) => (SHOWN.test(name) ? textInside(root) : "")).join("\n");
  for (const [name, root] of roots) {
    if (SHOWN.test(name))
      findUnseen(root, styles, (kind, what, removable) => add(kind, name, what, removable));
    else if (name.endsWith("people.xml")) lookAtPeople(root, name, add);
    else if (name.endsWith("settings.xml")) lookAtSettings(root, name, add);
    else if (name.endsWith(".rels")) lookAtRelations(root, name, add);
    else if (name.startsWith("customXml/")) lookAtCustomXml(root, name, add);
    else if (name.startsWith("docMetadata/"))
      add("metadata", name, "a label that says how confidential it is");
    else if (name.startsWith("docProps/")) lookAtProperties(root, name, shown, add);
  }
  for (const name of names) {
    const told = TELLING.find(([pattern]) => pattern.test(name));
    if (told) add("metadata", name, told[1]);
  }
  return leaks;
}

type Add = (kind: LeakKind, where: string, what: string, removable?: boolean) => void;

function lookAtPeople(root: Element, name: string, add: Add): void {
  for (const person of elements(root)) {
    const { userId } = child(person, "presenceInfo")?.attributes ?? {};
    const said = [person.attributes["author"] ?? "a person", userId].filter((part) => part !== undefined);
    add("metadata", name, said.join(", "));
  }
}

function lookAtSettings(root: Element, name: string, add: Add): void {
  if (child(root, "attachedTemplate")) add("metadata", name, "the path of a template");
  if (child(root, "mailMerge")) add("metadata", name, "where the addresses of a mail merge are");
  const sessions = elements(child(root, "rsids")).length;
  if (sessions > 0) add("metadata", name, `marks of ${sessions} editing sessions (rsid)`);
  for (const variable of elements(child(root, "docVars"))) {
    add("metadata", name, `${variable.attributes["name"]}: ${variable.attributes["val"]}`);
  }
}

/** Places outside the file that are no addresses of the web. */
function lookAtRelations(root: Element, name: string, add: Add): void {
  for (const relation of elements(root)) {
    const { TargetMode: mode, Target: target = "" } = relation.attributes;
    if (mode === "External" && !/^(?:https?:|mailto:|#)/i.test(target)) add("metadata", name, target);
  }
}

function lookAtCustomXml(root: Element, name: string, add: Add): void {
  if (root.attributes["xmlns"] === DRAFT_NAMESPACE)
    add("model", name, "the draft itself, with all ids and names");
  else add("metadata", name, `data of ${root.name}`);
}

/** `shown`: the words of the text, for a title that stands there gives nothing away. */
function lookAtProperties(root: Element, name: string, shown: string, add: Add): void {
  const custom = name === "docProps/custom.xml";
  for (const property of elements(root)) {
    const words = textInside(property).trim();
    if (words === "" || (property.name === "TotalTime" && words === "0")) continue;
    const untold = property.name === "title" && !shown.includes(words);
    if (custom || untold || PROPERTIES.has(property.name)) {
      add("metadata", name, `${property.attributes["name"] ?? property.name}: ${words}`);
    }
  }
}
