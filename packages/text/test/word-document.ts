/** Word documents put together by hand, as other programs might write them. */
import { strToU8, zipSync } from "fflate";

export const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
export const run = (text: string, rPr = "") =>
  `<w:r>${rPr && `<w:rPr>${rPr}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
export const paragraph = (runs: string, pPr = "") => `<w:p>${pPr && `<w:pPr>${pPr}</w:pPr>`}${runs}</w:p>`;
export const numbered = (numId: number, ilvl: number) =>
  `<w:numPr><w:ilvl w:val="${ilvl}"/><w:numId w:val="${numId}"/></w:numPr>`;

/** `body` undefined: the parts given are all. */
export function word(body: string | undefined, others: Record<string, string> = {}): Uint8Array {
  const parts = {
    "[Content_Types].xml": "<Types/>",
    ...(body !== undefined && {
      "word/document.xml": `<w:document ${W}><w:body>${body}</w:body></w:document>`,
    }),
    ...others,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}
