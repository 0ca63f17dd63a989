/**
 * XML as a tree of elements by local name. No document type is accepted, so no entity can be declared; depth
 * and number of elements are bounded.
 */
import { SaxesParser } from "saxes";
import { TextError, type TextErrorCode } from "../error.ts";

const MAX_XML_DEPTH = 400;
const MAX_ELEMENTS = 3_000_000;

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: (Element | string)[];
}

/** `part` names the part in errors, `code` what the bytes then are not. */
export function parseXml(bytes: Uint8Array, part: string, code: TextErrorCode = "not-word"): Element {
  const root: Element = { name: "", attributes: {}, children: [] };
  const stack: Element[] = [root];
  let count = 0;
  const parser = new SaxesParser();
  const here = () => ({ line: parser.line, column: parser.column + 1 });
  const fail = (sentence: string) => new TextError(code, here(), `${part}: ${sentence}`);
  parser.on("error", (error) => {
    const what = error.message.replace(/^\d+:\d+: /, "").replace(/\.$/, "");
    throw fail(`its XML is broken (${what.slice(0, 120)}).`);
  });
  parser.on("doctype", () => {
    throw new TextError("unsafe-file", here(), `${part}: a document type is not accepted.`);
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (stack.length > MAX_XML_DEPTH || ++count > MAX_ELEMENTS) throw fail("it has too many elements.");
    const own: Record<string, string> = {};
    for (const key in attributes) own[local(key)] = String(attributes[key]);
    const element: Element = { name: local(name), attributes: own, children: [] };
    stack.at(-1)?.children.push(element);
    stack.push(element);
  });
  parser.on("closetag", () => stack.pop());
  parser.on("text", (text) => stack.at(-1)?.children.push(text));
  parser.on("cdata", (text) => stack.at(-1)?.children.push(text));
  try {
    parser.write(decoded(bytes, fail)).close();
  } catch (error) {
    if (error instanceof TextError) throw error;
    throw fail("its XML is broken.");
  }
  return elements(root)[0] ?? root;
}

/** XML is UTF-16 with a byte-order mark, in the encoding that it names, or UTF-8. */
function decoded(bytes: Uint8Array, fail: (sentence: string) => TextError): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw fail(`its bytes are not text in ${encoding.slice(0, 40)}.`);
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const named =
    /^(?:\u00ef\u00bb\u00bf)?<\?xml\s[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1] ?? "utf-8";
  // Without a byte-order mark the bytes just read were no UTF-16, whatever they say.
  return /^utf-?16/i.test(named) ? "utf-8" : named;
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

export function elements(element: Element | undefined): Element[] {
  return (element?.children ?? []).filter((child): child is Element => typeof child !== "string");
}

export function child(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((one): one is Element => typeof one !== "string" && one.name === name);
}

/** The `val` of a child, the most common way of Word to say something. */
export function valOf(element: Element | undefined, name: string): string | undefined {
  return child(element, name)?.attributes["val"];
}

/** Is a property on? Present without a value, or with a true one. Undefined if it says nothing. */
export function isOn(element: Element | undefined, name: string): boolean | undefined {
  const property = child(element, name);
  if (!property) return undefined;
  return !["0", "false", "off", "none"].includes(property.attributes["val"] ?? "true");
}

/** How far a paragraph is indented from its start, in twentieths of a point; undefined if the properties say nothing. */
export function indentOf(pPr: Element | undefined): number | undefined {
  const { left, start } = child(pPr, "ind")?.attributes ?? {};
  const said = /^(-?\d+(?:\.\d+)?)(pt|mm|cm|in|pc|pi)?$/.exec(start ?? left ?? "");
  return said ? Number(said[1]) * (UNITS[said[2] ?? ""] ?? 1) : undefined;
}

/** The units of strict documents, in twentieths of a point. */
const UNITS: Readonly<Record<string, number>> = {
  pt: 20,
  mm: 1440 / 25.4,
  cm: 1440 / 2.54,
  in: 1440,
  pc: 240,
  pi: 240,
};

export function textInside(element: Element): string {
  return element.children.map((one) => (typeof one === "string" ? one : textInside(one))).join("");
}

export function escapeXml(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n]/gu, " ")
    .replace(
      /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g,
      "\ufffd",
    )
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}
