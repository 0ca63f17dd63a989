/** What the server has outside besides its store: the time, random bytes, and where its log goes. Tests bring their own. */
import { createHash, randomBytes } from "node:crypto";
import { type DestinationStream, pino } from "pino";

export interface Ports {
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: DestinationStream;
}

export const systemPorts: Ports = {
  now: () => Date.now(),
  random: (bytes) => randomBytes(bytes),
  get log() {
    return pino.destination(2);
  },
};

/** A new secret or id: 32 random bytes in base64url. */
export function newToken(ports: Ports): string {
  return Buffer.from(ports.random(32)).toString("base64url");
}

/** How a secret is kept: whoever reads the store cannot use it. The secrets are random, so a plain hash is enough. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
