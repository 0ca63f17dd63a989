/** A case as one file (`.parley`), as the reader's seat is given it. */
import { Readable } from "node:stream";
import { Type } from "@parley/core/rules";
import { exportCase, signsHead } from "../keeper/case-export.ts";
import { requireReading } from "./access.ts";
import { Problem } from "./problem.ts";
import type { App } from "./route.ts";
import { CaseParams, problems, ReaderQuery } from "./route.ts";
import type { Services } from "./services.ts";

export function exportRoute(app: App, services: Services): void {
  app.get(
    "/api/v1/cases/:caseId/export",
    {
      config: { access: "case" },
      schema: {
        tags: ["cases"],
        summary: "The case as a .parley file, which anyone can verify offline.",
        params: CaseParams,
        querystring: ReaderQuery,
        response: {
          ...problems,
          200: {
            description: "One JSON object a line (docs/formats/ledger.md).",
            content: { "application/x-parley": { schema: Type.String() } },
          },
        },
      },
    },
    async (request, reply) => {
      const { published, reader } = requireReading(request);
      if (!signsHead(published, services.keeper.signer.publicKey)) {
        throw new Problem(
          409,
          "not-keeper",
          "Another server keeps this case, and only it can sign an export.",
        );
      }
      const lines = exportCase(services.keeper.logs, published, reader, services.keeper.signer);
      const name = `${published.people.caseId.slice(0, 12)}.parley`;
      return reply
        .type("application/x-parley")
        .header("content-disposition", `attachment; filename="${name}"`)
        .send(Readable.from(lines) as never);
    },
  );
}
