// The arrows of ARCHITECTURE.md. A package may import what its row names, and nothing else of ours.
const arrows = {
  text: [],
  solver: [],
  ledger: [],
  core: ["text", "solver", "ledger"],
  server: ["core", "ledger"],
  web: ["core", "text", "solver", "ledger", "server"],
  cli: ["core", "text", "solver", "ledger", "server"],
  testing: ["core", "text", "solver", "ledger"],
};
const pure = "^packages/(text|solver|ledger|core)/src/";

export default {
  forbidden: [
    ...Object.entries(arrows).map(([from, to]) => ({
      name: `arrows-of-${from}`,
      comment: `packages/${from} may use: ${to.join(", ") || "no other package"}.`,
      severity: "error",
      from: { path: `^packages/${from}/src/` },
      to: { path: "^packages/", pathNot: `^packages/(${[from, ...to].join("|")})/` },
    })),
    {
      name: "core-takes-only-hash-canonical-json-and-shapes-from-ledger",
      severity: "error",
      from: { path: "^packages/core/src/" },
      to: {
        path: "^packages/ledger/src/",
        pathNot: "^packages/ledger/src/(canonical|hash|encoding|event)\\.ts$",
      },
    },
    {
      name: "web-takes-only-the-typed-client-from-server",
      severity: "error",
      from: { path: "^packages/web/src/" },
      to: { path: "^packages/server/src/", pathNot: "^packages/server/src/client/" },
    },
    {
      name: "pure-packages-do-no-io",
      severity: "error",
      from: { path: pure },
      to: { dependencyTypes: ["core"] },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "nothing-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "no-test-code-in-src",
      severity: "error",
      from: { path: "^packages/(?!testing)[^/]+/src/" },
      to: { path: "^packages/(testing/|[^/]+/test/)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@parley/source", "import", "module", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json"],
    },
  },
};
