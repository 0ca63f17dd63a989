/**
 * The API's own document: checked in as it is served, and true. `WRITE_OPENAPI=1 npx vitest run ...` writes it anew;
 * `FUZZ_REQUESTS=50000` is the long campaign of requests made from it.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browser, type Person, person, startTestServer, TestCase, type TestServer } from "../table.ts";

const file = resolve(import.meta.dirname, "../../../../docs/formats/openapi.json");
const requests = Number(process.env["FUZZ_REQUESTS"] ?? "300");

interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: { readonly "application/json": Media } };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
interface Schema {
  readonly type?: string;
  readonly pattern?: string;
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly examples?: readonly unknown[];
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Values that a schema allows, mostly; and now and then anything at all. */
function asSchema(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 9, arbitrary: fitting(schema) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  );
}

function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(asSchema));
  switch (schema.type) {
    case "string":
      return schema.pattern === undefined
        ? fc.string({ maxLength: 60, unit: "binary" })
        : fc.stringMatching(new RegExp(schema.pattern));
    case "integer":
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 100_000 });
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(asSchema(schema.items ?? {}), { maxLength: 4 });
    case "object":
      return schema.properties === undefined
        ? fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
        : fc.record(
            Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, asSchema(one)])),
            { requiredKeys: [...(schema.required ?? [])] },
          );
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

describe("the OpenAPI document", () => {
  let server: TestServer;
  let someone: Person;
  let talks: TestCase;
  let document: Document;
  beforeAll(async () => {
    server = await startTestServer();
    someone = await person(server);
    talks = await TestCase.seated(server);
    document = (await (await fetch(`${server.url}/api/v1/openapi.json`)).json()) as Document;
  });
  afterAll(() => server.stop());

  test("is checked in as it is served", () => {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    if (process.env["WRITE_OPENAPI"]) writeFileSync(file, text);
    expect(existsSync(file) && JSON.parse(readFileSync(file, "utf8"))).toEqual(document);
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  test("describes every route that is not a page, with a summary and its answers", () => {
    // OpenAPI has no WebSockets: the stream is described in api.md.
    const hidden = [
      "/api/v1/cases/:caseId/stream",
      "/metrics",
      "/api/v1/openapi.json",
      "/api/*",
      "/api/v1/openid/callback",
      "/",
      "/*",
    ];
    const routes = server.app.routeTable
      .filter(({ method, url }) => method !== "HEAD" && !hidden.includes(url))
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, "{$1}")}`);
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { summary, responses }]) => {
        expect(summary, path).toBeTruthy();
        expect(Object.keys(responses).length).toBeGreaterThan(0);
        return `${method.toUpperCase()} ${path}`;
      }),
    );
    expect(described.sort()).toEqual(routes.sort());
  });

  test("has an example of every body and every JSON answer, each as its schema says", () => {
    const ajv = new Ajv2020({ strict: false });
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { requestBody, responses }] of Object.entries(methods)) {
        const answers = Object.values(responses).map(({ content }) => content ?? {});
        for (const content of [requestBody?.content ?? {}, ...answers]) {
          for (const [type, { schema, example, examples }] of Object.entries(content)) {
            if (!type.endsWith("json")) continue;
            const given = [example, ...Object.values(examples ?? {}).map(({ value }) => value)].filter(
              Boolean,
            );
            const all = [...given, ...(schema.examples ?? [])];
            expect(all.length, `${method} ${path} (${type})`).toBeGreaterThan(0);
            for (const one of all) {
              expect(ajv.validate(schema, one), `${method} ${path}: ${ajv.errorsText()}`).toBe(true);
            }
          }
        }
      }
    }
  });

  test("is kept to by every answer, whatever is asked, and nothing that is asked breaks the server", {
    timeout: 60_000 + requests * 60,
  }, async () => {
    const ajv = new Ajv2020({ strict: false });
    const operations = Object.entries(document.paths)
      .filter(([path]) => !path.endsWith("/stream"))
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
      );
    const askers = [
      someone,
      talks.member("aldia"),
      talks.member("obser"),
      { ...someone, browser: browser(server.url) },
    ];
    const known: Readonly<Record<string, readonly string[]>> = { caseId: [talks.id], log: ["shared"] };
    const asked = fc.constantFrom(...operations).chain(({ path, method, operation }) =>
      fc.record({
        path: fc.constant(path),
        method: fc.constant(method),
        operation: fc.constant(operation),
        asker: fc.constantFrom(...askers),
        parameters: fc.tuple(
          ...(operation.parameters ?? []).map(({ name, in: place, schema }) =>
            fc.record({
              name: fc.constant(name),
              place: fc.constant(place),
              value: fc.oneof(
                ...(known[name]
                  ? [{ weight: 6, arbitrary: fc.constantFrom(...known[name]) as fc.Arbitrary<unknown> }]
                  : []),
                { weight: 2, arbitrary: asSchema(schema) },
              ),
              given: fc.boolean(),
            }),
          ),
        ),
        body: operation.requestBody
          ? asSchema(operation.requestBody.content["application/json"].schema)
          : fc.constant(undefined),
      }),
    );
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(asked, async ({ path, method, operation, asker, parameters, body }) => {
        const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
        const query = new URLSearchParams();
        let url = path;
        for (const { name, place, value, given } of parameters) {
          if (place === "path")
            url = url.replace(`{${name}}`, encodeURIComponent(text(value).replace(/\p{Cs}/gu, "x")) || "x");
          else if (given && name !== "session") query.set(name, text(value));
        }
        // Nobody signs themselves out half way.
        if (method === "delete" && path === "/api/v1/session") return;
        const response = await asker.browser(`${url}?${query.toString()}`, {
          method: method.toUpperCase(),
          headers: {
            "parley-session": "main",
            ...(body === undefined ? {} : { "content-type": "application/json" }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        expect(response.status, `${method} ${url}`).toBeLessThan(500);
        const answer = await response.text();
        const { responses } = operation;
        const described = responses[String(response.status)] ?? responses[`${String(response.status)[0]}XX`];
        expect(described, `${method} ${path} gives ${response.status}: ${answer}`).toBeDefined();
        const [type, content] = Object.entries(described?.content ?? {})[0] ?? [];
        if (type === undefined || !content?.schema || !type.includes("json")) return;
        expect(response.headers.get("content-type")).toContain(type);
        const value: unknown = JSON.parse(answer);
        expect(
          ajv.validate(content.schema, value),
          `${method} ${path}: ${ajv.errorsText()}: ${answer.slice(0, 300)}`,
        ).toBe(true);
      }),
      { numRuns: requests },
    );
    console.log(
      `${requests} requests: ${[...statuses]
        .sort()
        .map(([status, count]) => `${count} x ${status}`)
        .join(", ")}`,
    );
  });
});
