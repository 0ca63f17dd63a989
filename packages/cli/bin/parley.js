#!/usr/bin/env node
// npm links a workspace's bin before anything is built, so this file stands in git and only loads what the build makes.
import { existsSync } from "node:fs";

const built = new URL("../dist/main.js", import.meta.url);
if (!existsSync(built)) {
  console.error("parley is not built yet: run `npm ci` (or `npm run build`) in the checkout.");
  process.exit(2);
}
const { main } = await import(built.href);
process.exitCode = await main(process.argv.slice(2));
