/** Results of a bench, written with what they were measured on. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";

/** Writes `bench/results/<name>.json`. `versions` names what was measured beside ourselves. */
export function writeResults(
  name: string,
  versions: Readonly<Record<string, string>>,
  results: object,
): void {
  const folder = resolve(import.meta.dirname, "results");
  mkdirSync(folder, { recursive: true });
  const measured = {
    at: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model, cores: cpus().length },
    versions: { node: process.version, ...versions },
  };
  writeFileSync(resolve(folder, `${name}.json`), `${JSON.stringify({ measured, ...results }, null, 2)}\n`);
}
