/** What the server takes from outside besides its store: the time, and random bytes. Tests bring their own. */
import { createHash, randomBytes } from "node:crypto";

export interface Ports {
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

export const systemPorts: Ports = { now: () => Date.now(), random: (bytes) => randomBytes(bytes) };

/** A new secret or id: 32 random bytes in base64url. */
export function newToken(ports: Ports): string {
  return Buffer.from(ports.random(32)).toString("base64url");
}

/** How a secret is kept: whoever reads the store cannot use it. The secrets are random, so a plain hash is enough. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
