/**
 * What an event is about, where its body names by an id what has a title: a contact, a measure, a format, a place in the
 * text. As it is called today: an entry never changes, but a bracket that it names may stand elsewhere since.
 */
import { itemOf, type Room } from "@parley/core";
import type { Entry } from "@parley/ledger";
import type { Draft } from "@parley/text";
import { useNames } from "../source/names.ts";
import { useView } from "../source/view.ts";

type Body = Entry["event"]["body"];

const noText: Draft = { title: "", blocks: [], notes: [] };

const titles: Readonly<Record<string, (room: Room, id: string) => string | undefined>> = {
  contact: ({ contacts }, id) => itemOf(contacts, id)?.title,
  appointment: ({ appointments }, id) => itemOf(appointments, id)?.title,
  measure: ({ measures }, id) => itemOf(measures, id)?.title,
  lever: ({ levers }, id) => itemOf(levers, id)?.title,
  stance: ({ stances }, id) => itemOf(stances, id)?.subject,
  format: codeOf,
  channel: ({ channels }, id) => itemOf(channels, id)?.name,
  notification: (room, id) => codeOf(room, itemOf(room.notifications, id)?.format ?? ""),
};

function codeOf({ formats }: Room, id: string): string | undefined {
  return itemOf(formats, id)?.code;
}

export function useAbout(): (event: { readonly body: Body }) => string | undefined {
  const { rooms, text, packages } = useView();
  const names = useNames(text?.draft ?? noText);
  const all = Object.values(rooms);
  const titled = (body: Body): string | undefined => {
    for (const [name, titleOf] of Object.entries(titles)) {
      const id = body[name];
      if (typeof id !== "string") continue;
      for (const room of all) {
        const title = titleOf(room, id);
        if (title) return title;
      }
    }
    return undefined;
  };
  const place = ({ bracket, clause }: Body): string | undefined => {
    if (typeof bracket === "string" && names.order.some((one) => one.bracket.id === bracket))
      return names.bracket(bracket);
    return typeof clause === "string" ? names.clause(clause) : undefined;
  };
  const amended = (id: string): Body =>
    all.map(({ amendments }) => itemOf(amendments, id)?.change).find((change) => change !== undefined) ?? {};
  return ({ body }) => {
    const { amendment, change, code, message, proposal, title } = body;
    // Its sentence has that already.
    if (typeof title === "string") return undefined;
    if (typeof code === "string") return code;
    if (typeof amendment === "string") return place(amended(amendment));
    if (isBody(change)) return place(change);
    if (isBody(message)) return titled(message);
    if (typeof proposal === "string") return packages.find((one) => one.proposal.id === proposal)?.name;
    return place(body) || titled(body);
  };
}

function isBody(value: Body[string] | undefined): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
