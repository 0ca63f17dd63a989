// Fuzzes a running server from its own OpenAPI document with Schemathesis, a Python program that is pinned here and lives in
// a virtual environment of its own. Where there is no Python or no PyPI it says so and exits 0: the same document is fuzzed in
// process by packages/server/test/api/openapi.test.ts. `FUZZ_EXAMPLES=500 node scripts/fuzz-api.mjs` is a long run; further
// words go to Schemathesis.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const pinned = "schemathesis==4.32.5";
const examples = process.env.FUZZ_EXAMPLES ?? "30";
const root = fileURLToPath(new URL("..", import.meta.url));
const venv = join(root, "node_modules", ".cache", pinned.replace("==", "-"));
const program = join(venv, "bin", "schemathesis");

function skip(why) {
  console.warn(`\n*** SKIPPED: ${why}: the API is fuzzed in process only (npm test). ***\n`);
  process.exit(0);
}

function install() {
  if (existsSync(program)) return;
  if (spawnSync("python3", ["-m", "venv", venv], { stdio: "ignore" }).status !== 0) {
    rmSync(venv, { recursive: true, force: true });
    skip("Python 3 with venv is not on this machine");
  }
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", pinned];
  const installed = spawnSync(join(venv, "bin", "python"), pip, { encoding: "utf8" });
  if (installed.status !== 0) {
    rmSync(venv, { recursive: true, force: true });
    skip(`${pinned} cannot be had from PyPI (${installed.stderr.trim().split("\n").at(-1)})`);
  }
}

/** A server with the sample cases; resolves with its address and the first seat's link. */
async function serve(data) {
  const limits = ["--rate-limit", "100000000", "--sign-in-limit", "100000000", "--log-level", "error"];
  const child = spawn(
    process.execPath,
    [join(root, "packages/cli/bin/parley.js"), "serve", "--demo", "--data", data, "--port", "0", ...limits],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /(http:\/\/localhost:\d+)\/\?session=[^#]+#link=([\w-]+)&case=([\w-]+)/.exec(line);
    if (found) return { child, url: found[1], token: found[2], caseId: found[3] };
  }
  throw new Error("the server ended before it was ready");
}

async function signIn(url, token) {
  const response = await fetch(`${url}/api/v1/links/redeem`, {
    method: "POST",
    headers: { "content-type": "application/json", "parley-session": "main" },
    body: JSON.stringify({ token }),
  });
  return /parley-main=([^;]+)/.exec(response.headers.get("set-cookie") ?? "")?.[1] ?? "";
}

async function isSignedIn(url, cookie) {
  const headers = { cookie: `parley-main=${cookie}`, "parley-session": "main" };
  return (await fetch(`${url}/api/v1/session`, { headers })).ok;
}

/** What a seat of the exercise may reach. Nobody signs themselves out half way. */
function configuration(cookie, caseId) {
  const refusals = '["2xx", "400", "401", "403", "404", "409", "422"]';
  return `
[auth.openapi.session]
api_key = "${cookie}"
[auth.openapi.slot]
api_key = "main"
[parameters]
"path.caseId" = "${caseId}"
"path.log" = "shared"
[[operations]]
include-name = "DELETE /api/v1/session"
enabled = false
[[operations]]
include-name = "DELETE /api/v1/sessions/{session}"
enabled = false
# A body of the right shape is still refused where what it says does not hold: signatures, proofs, the rules of the case.
[checks]
positive_data_acceptance.expected-statuses = ${refusals}
negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "413", "415", "422"]
`;
}

install();
const folder = mkdtempSync(join(tmpdir(), "parley-fuzz-"));
const { child, url, token, caseId } = await serve(join(folder, "data"));
try {
  const config = join(folder, "schemathesis.toml");
  const cookie = await signIn(url, token);
  writeFileSync(config, configuration(cookie, caseId));
  const run = spawn(
    program,
    [
      "--config-file",
      config,
      "run",
      `${url}/api/v1/openapi.json`,
      "--checks",
      "all",
      "--max-examples",
      examples,
      "--generation-database",
      "none",
      "--no-color",
      ...process.argv.slice(2),
    ],
    { stdio: "inherit", cwd: folder },
  );
  process.exitCode = await new Promise((resolve) => run.once("exit", (code) => resolve(code ?? 1)));
  if (!(await isSignedIn(url, cookie))) {
    console.error("The session ended during the run: what came after it met a closed door and says little.");
    process.exitCode = 1;
  }
} finally {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
