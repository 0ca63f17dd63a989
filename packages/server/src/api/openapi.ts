/** The frame of the OpenAPI document; the routes fill it. */
import type { SwaggerOptions } from "@fastify/swagger";
import type { Access } from "./access.ts";
import { slotHeader } from "./session-cookie.ts";

export function openApi(): SwaggerOptions {
  return {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Parley",
        version: "1",
        description:
          "The keeper of a negotiation's logs. Everything that happens in a case is a signed event; this API takes events, gives each reader what is theirs, and proves that nothing was changed. Errors are problem documents (RFC 9457). Times are milliseconds of the Unix epoch unless a field says otherwise. Changes need the header `parley-session`, which names the session's slot (`main` unless several are open in one browser).",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      tags: [
        { name: "accounts", description: "Signing in, sessions, passkeys." },
        { name: "cases", description: "Cases, events and readers." },
        { name: "proofs", description: "Proofs, checkpoints and cosignatures." },
        { name: "operation", description: "For whoever runs the server." },
      ],
      components: {
        securitySchemes: {
          session: { type: "apiKey", in: "cookie", name: "parley-main" },
          slot: { type: "apiKey", in: "header", name: slotHeader },
        },
      },
      security: [{ session: [], slot: [] }],
    },
    transform: ({ schema, url, route }) => ({
      url,
      schema: { ...securityOf(route.config?.access, String(route.method)), ...schema },
    }),
  };
}

/** Nobody signs in to what is open or has its key in its address; only changes need the header. */
function securityOf(access: Access | undefined, method: string): { security?: Record<string, string[]>[] } {
  if (access === undefined || ["open", "feed", "operator"].includes(access)) return { security: [] };
  return method === "GET" ? { security: [{ session: [] }] } : {};
}
