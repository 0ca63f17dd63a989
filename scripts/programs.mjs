// Finds the programs that the tests and some commands need, or installs them from Debian when this process may. Says in
// one sentence what could not be had; nothing fails here, the tests that need a missing program say so and are skipped.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

const programs = [
  {
    name: "Chromium",
    packages: ["chromium"],
    find: () => process.env.CHROMIUM ?? onPath("chromium", "chromium-browser", "google-chrome"),
    without: "the pages are not tested in a browser",
  },
  {
    name: "PostgreSQL",
    packages: ["postgresql"],
    find: findPostgres,
    without: "the store is tested on SQLite only",
  },
  {
    name: "LibreOffice",
    packages: ["libreoffice-writer-nogui"],
    find: () => onPath("soffice", "libreoffice"),
    without: "Word files are not opened in a second program",
  },
  {
    name: "pdftotext",
    packages: ["poppler-utils"],
    find: () => onPath("pdftotext"),
    without: "what the pages print is not read",
  },
];

/** Where PostgreSQL's `initdb` and `postgres` are: the folder, or undefined. */
export function findPostgres() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    process.env.PARLEY_POSTGRES_BIN,
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  return folders.find(
    (folder) => folder && existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")),
  );
}

function onPath(...names) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) if (folder && existsSync(join(folder, name))) return join(folder, name);
  }
  return undefined;
}

function mayInstall() {
  return process.platform === "linux" && process.getuid?.() === 0 && onPath("apt-get") !== undefined;
}

function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) =>
    spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "ignore"], env, timeout: 600_000 });
  apt("update", "-q");
  // The cluster that Debian would start by itself is of no use here: the tests start their own.
  apt("install", "-y", "-q", "--no-install-recommends", ...packages);
}

/** Looks for every program and installs what is missing where that is allowed. */
export function findOrInstallPrograms() {
  for (const { name, packages, find, without } of programs) {
    if (find()) continue;
    if (mayInstall()) {
      console.log(`${name} is missing: installing ${packages.join(", ")} from Debian.`);
      install(packages);
      if (find()) continue;
      console.warn(`${name} could not be installed: ${without}.`);
    } else {
      console.warn(
        `${name} was not found and only an administrator can install it (${packages.join(", ")}): ${without}.`,
      );
    }
  }
}
