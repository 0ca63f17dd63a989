// Checks the imports between packages against .dependency-cruiser.mjs, and fails if it read nothing:
// a rule that looked at no module has not been kept, only skipped.
import { readdirSync } from "node:fs";
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import config from "../.dependency-cruiser.mjs";

const packages = readdirSync("packages").sort();
const { output } = await cruise(
  packages.map((name) => `packages/${name}/src`),
  { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true, outputType: "json" },
  undefined,
  { tsConfig: extractTSConfig("tsconfig.base.json") },
);
const { modules, summary } = JSON.parse(output);
for (const name of packages) {
  if (!modules.some((m) => m.source.startsWith(`packages/${name}/src/`))) {
    console.error(`arrows: read no module of packages/${name}; the rules were not checked.`);
    process.exit(1);
  }
}
for (const { rule, from, to } of summary.violations)
  console.error(`arrows: ${from} -> ${to} breaks ${rule.name}`);
if (summary.violations.length > 0) process.exit(1);
const own = modules.filter((m) => m.source.startsWith("packages/")).length;
console.log(`arrows: ${own} modules of ${packages.length} packages, all as ARCHITECTURE.md says.`);
