/** How a search for a secret is made: whatever leaves a device is looked through for each of its forms. */
import { base64, base64url, hex } from "@parley/ledger";

/** The forms in which bytes could hide in text: as they are, and in base64 at any of the three offsets. */
export function formsOf(secret: Uint8Array): string[] {
  const text = new TextDecoder().decode(secret);
  const forms = [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), hex(secret)];
  for (const shift of [0, 1, 2]) {
    const shifted = new Uint8Array([...new Uint8Array(shift), ...secret]);
    // Whole groups of three bytes only: those at the ends depend on what stands beside them.
    const from = shift === 0 ? 0 : 4;
    const whole = Math.floor(shifted.length / 3) * 4;
    for (const encode of [base64, base64url]) forms.push(encode(shifted).slice(from, whole));
  }
  return forms;
}
