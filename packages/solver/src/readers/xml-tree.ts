/**
 * A small XML file as a tree. A document type is refused, so there are no entities but the five of XML; depth
 * is bounded. Some files have a comment before the XML declaration, which XML forbids: it is passed over.
 */
import { SaxesParser } from "saxes";
import { ProblemError } from "../problem-error.ts";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly XmlElement[];
}

const deepest = 100;

export function parseXml(text: string, file: string): XmlElement {
  const parser = new SaxesParser();
  const open: { name: string; attributes: Record<string, string>; children: XmlElement[] }[] = [];
  let root: XmlElement | null = null;
  parser.on("error", (error) => {
    throw new ProblemError("wrong-format", file, `this is not well-formed XML: ${error.message}`);
  });
  parser.on("doctype", () => {
    throw new ProblemError("not-supported", file, "a document type is not accepted");
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes, children: [] };
    if (open.length === deepest)
      throw new ProblemError("too-deep", file, `elements nest more than ${deepest} deep`);
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => {
    const closed = open.pop();
    if (open.length === 0 && closed) root = closed;
  });
  parser.write(text.replace(/^\uFEFF?\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*(?=<\?xml)/, "")).close();
  if (!root) throw new ProblemError("wrong-format", file, "the file has no element");
  return root;
}

export function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The elements of a name anywhere below, in order. */
export function elementsNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...elementsNamed(child, name),
  ]);
}

export function numberOf(element: XmlElement, attribute: string, file: string): number {
  const text = element.attributes[attribute];
  const path = `${file}: ${element.name} ${attribute}`;
  if (text === undefined) throw new ProblemError("missing-key", path, "the attribute is missing");
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new ProblemError("wrong-type", path, "expected a number");
  if (!Number.isFinite(value)) throw new ProblemError("not-finite", path, "the number is not finite");
  return value;
}
