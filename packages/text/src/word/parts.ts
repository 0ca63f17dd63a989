/** The parts of a Word document that are the same in every one, or nearly so. */
import { directionOf } from "../direction.ts";
import { escapeXml } from "./xml.ts";

const MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/** The namespace of the part that holds the draft itself. */
export const DRAFT_NAMESPACE = "urn:parley:draft:1";

/** A part of the main vocabulary. */
export function wordPart(root: string, content: string): string {
  return `${HEAD}<w:${root} xmlns:w="${MAIN}" xmlns:r="${OFFICE}">${content}</w:${root}>`;
}

export function draftPart(markdown: string): string {
  return `${HEAD}<draft xmlns="${DRAFT_NAMESPACE}">${escapeXml(markdown)}</draft>`;
}

export function coreProperties(title: string): string {
  return `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title></cp:coreProperties>`;
}

/** `names`: the parts present, such as "word/document.xml". */
export function contentTypes(names: readonly string[]): string {
  const types: Readonly<Record<string, string>> = {
    "word/document.xml": `${WORDPROCESSING}.document.main+xml`,
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
  };
  const overrides = names
    .filter((name) => name.startsWith("word/") || name.startsWith("docProps/"))
    .map((name) => {
      const kind = /^word\/([a-z]+)\d*\.xml$/.exec(name)?.[1] ?? "";
      const type = types[name] ?? `${WORDPROCESSING}.${kind}+xml`;
      return `<Override PartName="/${name}" ContentType="${type}"/>`;
    });
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join("")}</Types>`;
}

export const packageRelations: string = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

/** The relations of the document to its parts; the id of a part is its name without number and ending. */
export function documentRelations(names: readonly string[]): string {
  const relations = names.flatMap((name): string[] => {
    const own = /^word\/(([a-z]+)\d*)\.xml$/.exec(name);
    if (name.startsWith("customXml/")) {
      return [`<Relationship Id="draft" Type="${OFFICE}/customXml" Target="../${name}"/>`];
    }
    if (!own || own[1] === "document") return [];
    return [`<Relationship Id="${own[2]}" Type="${OFFICE}/${own[2]}" Target="${own[1]}.xml"/>`];
  });
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relations.join("")}</Relationships>`;
}

function headingStyle(level: number): string {
  const size = [36, 32, 28, 26, 24, 24][level - 1] ?? 24;
  return `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="${level - 1}"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="${size}"/><w:szCs w:val="${size}"/></w:rPr></w:style>`;
}

export function styles(language: string): string {
  const lang = escapeXml(language);
  const bidi = directionOf(language) === "rtl" ? "<w:bidi/>" : "";
  return wordPart(
    "styles",
    `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="${lang}" w:bidi="${lang}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>${bidi}<w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>` +
      '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>' +
      '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="40"/><w:szCs w:val="40"/></w:rPr></w:style>' +
      [1, 2, 3, 4, 5, 6].map(headingStyle).join("") +
      '<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>' +
      '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>' +
      '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
  );
}
