export {
  AKN_NAMESPACE,
  type AkomaNtosoOptions,
  PARLEY_NAMESPACE,
  renderAkomaNtoso,
} from "./akoma-ntoso.ts";
export { findAkomaNtosoLeaks } from "./akoma-ntoso-leaks.ts";
export { readAkomaNtoso } from "./akoma-ntoso-read.ts";
export * from "./amend.ts";
export { DRAFT_FORMAT } from "./canonical/header.ts";
export { renderMarkdown } from "./canonical/render.ts";
export * from "./compare/compare.ts";
export type { Edit } from "./compare/diff.ts";
export { redline } from "./compare/redline.ts";
export * from "./counts.ts";
export { directionOf } from "./direction.ts";
export * from "./error.ts";
export { isId } from "./id.ts";
export * from "./leaks.ts";
export * from "./markdown.ts";
export * from "./measure.ts";
export * from "./model.ts";
export * from "./plain.ts";
export * from "./report.ts";
export { type Rewriting, rewrite } from "./rewrite.ts";
export * from "./settle.ts";
export * from "./walk.ts";
export { findWordLeaks } from "./word/leaks.ts";
export { readWord } from "./word/read.ts";
export { type WordOptions, writeWord } from "./word/write.ts";
export { draftWords, wordsOf } from "./words.ts";
