/** The cases that a server keeps for the session of this window. Each seat of a demonstration has a session of its own. */
import type { CaseId } from "@parley/ledger";
import { ApiProblem, demoDevice, ParleyClient } from "@parley/server/client";
import type { CaseSource, No } from "./case-source.ts";
import { ServerCase } from "./server-case.ts";
import type { CaseCard, Shelf } from "./shelf.ts";

/** Which published device a session of a demonstration signs with. */
const demoPlace = (session: string): string => `parley.demo ${session}`;

/** What a link that opens a session says, in the part of the address that no server is sent. */
interface Arrival {
  readonly token: string;
  readonly caseId: string | null;
  readonly demo: string | null;
}

function readArrival(fragment: string): Arrival | undefined {
  const said = new URLSearchParams(fragment.replace(/^#/, ""));
  const token = said.get("link");
  return token === null ? undefined : { token, caseId: said.get("case"), demo: said.get("demo") };
}

/** Redeems a link that this window was opened with, and puts the case's own address in its place. */
export async function arrive(session: string, fragment: string): Promise<string | undefined> {
  const arrival = readArrival(fragment);
  if (!arrival) return undefined;
  try {
    await new ParleyClient({ origin: "", session }).redeemLink(arrival.token);
  } catch (problem) {
    // A link serves once: whoever comes back by it is signed in already, or is told by the pages that they are not.
    if (!(problem instanceof ApiProblem)) throw problem;
  }
  if (arrival.demo !== null) localStorage.setItem(demoPlace(session), arrival.demo);
  return arrival.caseId === null ? "#/" : `#/case/${arrival.caseId}`;
}

export class ServerShelf implements Shelf {
  readonly kept = "server";
  readonly #client: ParleyClient;
  readonly #open: Map<CaseId, Promise<ServerCase>> = new Map();

  constructor(session: string) {
    this.#client = new ParleyClient({ origin: "", session });
  }

  async list(): Promise<readonly CaseCard[]> {
    const { items } = await this.#client.cases();
    return items.map((one) => ({ id: one.case as CaseId, title: one.title, exercise: one.exercise }));
  }

  open(id: CaseId): Promise<CaseSource | undefined> {
    const opened = this.#open.get(id) ?? this.#read(id);
    this.#open.set(id, opened);
    opened.catch(() => this.#open.delete(id));
    return opened;
  }

  async #read(id: CaseId): Promise<ServerCase> {
    const index = localStorage.getItem(demoPlace(this.#client.session));
    const devices = index === null ? [] : [await demoDevice(Number(index))];
    return ServerCase.open(this.#client, id, devices, undefined);
  }

  begin(): Promise<No> {
    return Promise.resolve({
      code: "not-here",
      sentence: "A case is opened on this server by its operator.",
    });
  }

  remove(): Promise<void> {
    return Promise.resolve();
  }
}
