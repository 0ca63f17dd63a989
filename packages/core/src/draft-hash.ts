/** The name of a revision: what an event or a preferences file says that it is about. */
import { base64url, utf8 } from "@parley/ledger/encoding";
import { sha256 } from "@parley/ledger/hash";
import { type Draft, renderMarkdown } from "@parley/text";

/** base64url SHA-256 of the draft in canonical Markdown (UTF-8). */
export function draftHash(draft: Draft): string {
  return base64url(sha256(utf8(renderMarkdown(draft))));
}
