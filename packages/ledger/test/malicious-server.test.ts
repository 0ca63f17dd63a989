/** `PARLEY_HISTORIES=20000` plays that many; the first seeds are always played. */
import { describe, expect, test } from "vitest";
import { type Attack, attacks, type Outcome, playHistory } from "./malicious-server.ts";

const histories = Number(process.env["PARLEY_HISTORIES"] ?? 120);

describe(`a malicious server, in ${histories} seeded histories`, () => {
  const outcomes: Outcome[] = [];

  test("never gets a rewrite accepted, and every fork shows at the first comparison of heads", {
    timeout: 3_600_000,
  }, async () => {
    for (let seed = 1; seed <= histories; seed++) {
      try {
        outcomes.push(await playHistory(seed));
      } catch (error) {
        throw new Error(`history ${seed}`, { cause: error });
      }
    }
    expect(outcomes).toHaveLength(histories);
  });

  const by = (attack: Attack): Outcome[] => outcomes.filter((outcome) => outcome.attack === attack);

  test("every way of lying was tried, and an honest server is never accused", () => {
    for (const attack of attacks) expect(by(attack).length, attack).toBeGreaterThan(0);
    expect(by("honest").every(({ caught, forks }) => !caught && forks === 0)).toBe(true);
  });

  test.each(["strip-signature", "forge", "foreign", "swap-keys", "rewrite"] as const)(
    "%s: the client that was lied to refuses",
    (attack) => {
      expect(by(attack).every(({ caught }) => caught)).toBe(true);
    },
  );

  test("a fork that is kept up is believed on each side, until heads are compared", () => {
    expect(by("fork").some(({ forks }) => forks > 0)).toBe(true);
  });
});
