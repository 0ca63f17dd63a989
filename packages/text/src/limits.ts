/**
 * Bounds on what is read, so that no input can exhaust the machine. Real drafts stay far below: the densest
 * known has some 1,050 brackets, nested six deep, in 120,000 characters.
 */

/** Brackets, fences and lists inside one another. */
export const MAX_DEPTH = 200;
export const MAX_BRACKETS = 200_000;
/** UTF-16 units of source text: some 5,000 pages. */
export const MAX_SOURCE_LENGTH: number = 16 * 1024 * 1024;
/** Steps of indentation of a paragraph. */
export const MAX_LEVEL = 20;
export const MAX_ID_LENGTH = 100;
