// Fuzzes a running server from its own OpenAPI document with Schemathesis, a Python program that is pinned here and lives in
// a virtual environment of its own. Where there is no Python or no PyPI it says so and exits 0: the same document is fuzzed in
// process by packages/server/test/api/openapi.test.ts. `FUZZ_EXAMPLES=1000 node scripts/fuzz-api.mjs` is a long run, about 45
// requests for each; further words go to Schemathesis.
//
// It goes in rounds, each with a session of its own: a session's secret changes after a quarter of an hour, Schemathesis
// sends the one that it was given, and what comes after would meet a closed door.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const pinned = "schemathesis==4.32.5";
const examples = Number(process.env.FUZZ_EXAMPLES ?? "30");
const examplesInRound = 200;
const root = fileURLToPath(new URL("..", import.meta.url));
const venv = join(root, "node_modules", ".cache", pinned.replace("==", "-"));
const program = join(venv, "bin", "schemathesis");
const parley = join(root, "packages/cli/bin/parley.js");

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
    [parley, "serve", "--demo", "--data", data, "--port", "0", ...limits],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /(http:\/\/localhost:\d+)\/\?session=[^#]+#link=([\w-]+)&case=([\w-]+)/.exec(line);
    if (found) return { child, url: found[1], token: found[2], caseId: found[3] };
  }
  throw new Error("the server ended before it was ready");
}

/** A further way into an account, as whoever runs the server makes one. */
function linkFor(account, data) {
  const made = spawnSync(process.execPath, [
    parley,
    "admin",
    "link",
    "fuzz",
    "--account",
    account,
    "--data",
    data,
  ]);
  return /#link=([\w-]+)/.exec(made.stdout.toString())?.[1] ?? "";
}

async function signIn(url, token) {
  const response = await fetch(`${url}/api/v1/links/redeem`, {
    method: "POST",
    headers: { "content-type": "application/json", "parley-session": "main" },
    body: JSON.stringify({ token }),
  });
  const cookie = /parley-main=([^;]+)/.exec(response.headers.get("set-cookie") ?? "")?.[1] ?? "";
  return { cookie, account: (await response.json()).account };
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

/** Schemathesis with so many examples; whether it found nothing and was let in to the end. */
async function fuzz(url, caseId, cookie, count) {
  const config = join(folder, "schemathesis.toml");
  writeFileSync(config, configuration(cookie, caseId));
  const settings = ["--checks", "all", "--max-examples", String(count), "--generation-database", "none"];
  const run = spawn(
    program,
    [
      "--config-file",
      config,
      "run",
      `${url}/api/v1/openapi.json`,
      ...settings,
      "--no-color",
      ...process.argv.slice(2),
    ],
    { stdio: "inherit", cwd: folder },
  );
  const code = await new Promise((resolve) => run.once("exit", resolve));
  if (await isSignedIn(url, cookie)) return code === 0;
  console.error("The session ended during the round: what came after it met a closed door and says little.");
  return false;
}

install();
const folder = mkdtempSync(join(tmpdir(), "parley-fuzz-"));
const data = join(folder, "data");
const { child, url, token, caseId } = await serve(data);
try {
  let { cookie, account } = await signIn(url, token);
  for (let left = examples; left > 0; left -= examplesInRound) {
    if (!(await fuzz(url, caseId, cookie, Math.min(left, examplesInRound)))) process.exitCode = 1;
    ({ cookie } = await signIn(url, linkFor(account, data)));
  }
} finally {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
