/**
 * The built web table, under a policy that lets it run its own scripts and nothing else. Scripts and styles that stand in
 * the page itself are allowed by their hash. Without a build there is one plain page that says so.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyReply } from "fastify";
import { notFound } from "./problem.ts";
import type { App } from "./route.ts";
import type { Services } from "./services.ts";

/** Not counted: one visit takes some two hundred files, and a whole delegation or class comes from one address at once. */
const open = { access: "open" as const, rateLimit: false as const };

export async function pageRoutes(app: App, services: Services, folder: string | undefined): Promise<void> {
  const index = folder === undefined ? "" : join(folder, "index.html");
  if (folder === undefined || !existsSync(index)) {
    const html = plainPage(services);
    app.get("/", { config: open, schema: { hide: true } }, async (_request, reply) => page(reply, html));
    return;
  }
  const html = readFileSync(index, "utf8");
  await app.register(fastifyStatic, { root: folder, serve: false, dotfiles: "deny" });
  app.get("/*", { config: open, schema: { hide: true } }, async (request, reply) => {
    const path = (request.params as { "*": string })["*"];
    if (path.startsWith("api/")) throw notFound("route");
    if (path === "" || path === "index.html" || !/\.[a-z0-9]+$/i.test(path)) return page(reply, html);
    void reply.header("content-security-policy", policyOf(html));
    if (path.startsWith("assets/")) void reply.header("cache-control", "public, max-age=31536000, immutable");
    return reply.sendFile(path, { cacheControl: false });
  });
}

function page(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .type("text/html; charset=utf-8")
    .header("content-security-policy", policyOf(html))
    .header("cache-control", "no-cache")
    .send(html);
}

/** The policy for a page: everything from this origin, and what stands in the page by its hash. */
function policyOf(html: string): string {
  const scripts = hashesOf(html, /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi);
  const styles = hashesOf(html, /<style[^>]*>([\s\S]*?)<\/style>/gi);
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...scripts].join(" ")}`,
    `style-src ${["'self'", ...styles].join(" ")}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function hashesOf(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map(
    ([, text]) =>
      `'sha256-${createHash("sha256")
        .update(text ?? "")
        .digest("base64")}'`,
  );
}

function plainPage({ config }: Services): string {
  const demo = config.demo
    ? "<p><strong>EXERCISE. This server shows sample cases; the keys of all their seats are public.</strong></p>"
    : "";
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Parley</title>${demo}<h1>Parley</h1><p>The server runs. The web table has not been built: run <code>npm run build</code>, then start again.</p></html>`;
}
