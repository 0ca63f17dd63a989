import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const page = resolve(import.meta.dirname, "index.html");
const offline = resolve(import.meta.dirname, "src/offline-worker.ts");

// The standalone build may ask nothing of anyone: the browser itself is told so, not only our code.
const policies = {
  standalone:
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data: blob:; connect-src 'none'; manifest-src 'self'; base-uri 'none'; form-action 'none'",
};

function policy(mode: string): Plugin {
  return {
    name: "parley-policy",
    transformIndexHtml: () =>
      mode === "standalone"
        ? [
            {
              tag: "meta",
              attrs: { "http-equiv": "Content-Security-Policy", content: policies.standalone },
              injectTo: "head-prepend",
            },
          ]
        : [],
  };
}

/**
 * Tells the service worker which files there are: all code and style, so that any page opens offline. It looks last:
 * chunks that held nothing but style are gone by then, and one file named in vain would keep the worker from installing.
 */
function offlineFiles(): Plugin {
  return {
    name: "parley-offline-files",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const worker = bundle["offline.js"];
        if (worker?.type !== "chunk") return;
        const files = Object.keys(bundle).filter((name) => /^assets\/.*\.(?:js|css)$/.test(name));
        worker.code = `const builtFiles=${JSON.stringify(files)};\n${worker.code}`;
      },
    },
  };
}

// A build is what people get, whoever asks for it: under a test runner React would otherwise be its development self.
process.env["NODE_ENV"] = "production";

export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  // Relative addresses, so that the folder works under any path of any web server.
  base: "./",
  plugins: [react(), policy(mode), offlineFiles()],
  resolve: { conditions: ["@parley/source", "module", "browser", "development|production"] },
  worker: { format: "es" },
  build: {
    outDir: resolve(import.meta.dirname, mode === "standalone" ? "dist/standalone" : "dist/site"),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: page, offline },
      output: {
        entryFileNames: ({ name }) => (name === "offline" ? "offline.js" : "assets/[name]-[hash].js"),
      },
    },
  },
}));
