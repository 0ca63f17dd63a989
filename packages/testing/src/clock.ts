/** A clock that stands still until it is told to go: the keeper's time in tests. */
export class Clock {
  #ms: number;

  constructor(start = "2026-03-02T09:00:00.000Z") {
    this.#ms = Date.parse(start);
  }

  now(): string {
    return new Date(this.#ms).toISOString();
  }

  advance(ms: number): void {
    this.#ms += ms;
  }
}
