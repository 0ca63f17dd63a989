import { defineConfig } from "vitest/config";

// Tests run the sources, not the build: every package exports its `src` under this condition.
const conditions = ["@parley/source", "module", "node", "development|production"];

const web = "packages/web/test/**/*.test.ts";

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // Vitest leaves one core to itself by default, which is half of a machine of two.
    maxWorkers: "100%",
    testTimeout: 60_000,
    // What is waited for comes when it comes: the machine may be doing other work.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "house",
          include: ["packages/*/test/**/*.test.ts", "bench/test/**/*.test.ts"],
          exclude: [web],
        },
      },
      {
        extends: true,
        // The pages are built once for all of these; no other file waits for that.
        test: {
          name: "web",
          include: [web],
          globalSetup: "packages/web/test/building.ts",
          // A person's way through many pages; each single wait in it has a limit of its own.
          testTimeout: 180_000,
        },
      },
    ],
  },
});
