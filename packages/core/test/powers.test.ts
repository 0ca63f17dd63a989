import { Negotiation } from "@parley/testing";
import { expect, test } from "vitest";
import type { SeatId } from "../src/ids.ts";
import { holderOf, roomsOf } from "../src/people.ts";
import { itemsOf } from "../src/register.ts";
import { emptyRoom } from "../src/room.ts";

const seat = (name: string) => name as SeatId;

test("a power is lent when every principal grants it to the same seat, and ends with the first revocation", () => {
  const talks = Negotiation.seated();
  talks.issue("aldia", "PowerGranted", { power: "pen", to: seat("marin") });
  expect(holderOf(talks.state.people, "pen")).toBeUndefined();
  talks.issue("borea", "PowerGranted", { power: "pen", to: seat("hosta") });
  expect(holderOf(talks.state.people, "pen")).toBeUndefined();
  talks.issue("borea", "PowerGranted", { power: "pen", to: seat("marin") });
  expect(holderOf(talks.state.people, "pen")).toBe("marin");
  talks.issue("aldia", "PowerRevoked", { power: "pen" });
  expect(holderOf(talks.state.people, "pen")).toBeUndefined();
});

test("powers are lent to a host or mediator, never to a principal or an observer", () => {
  const talks = Negotiation.seated();
  for (const to of ["borea", "cassa", "obser"]) {
    expect(talks.attempt("aldia", "PowerGranted", { power: "chair", to: seat(to) })?.code).toBe("wrong-seat");
  }
  expect(talks.attempt("marin", "PowerGranted", { power: "chair", to: seat("marin") })?.code).toBe(
    "wrong-seat",
  );
});

test("a host sits at the table while it chairs; what it was given stays, nothing later comes", () => {
  const talks = Negotiation.seated();
  const say = (text: string) =>
    talks.issue("aldia", "StatementMade", { form: "statement", text, about: [] }, "table");
  say("before");
  for (const party of ["aldia", "borea"])
    talks.issue(party, "PowerGranted", { power: "chair", to: seat("hosta") });
  expect(roomsOf(talks.state.people, seat("hosta"))).toEqual(["public", "consulted", "table"]);
  say("during");
  talks.issue("borea", "PowerRevoked", { power: "chair" });
  say("after");
  const kept = talks.state.left["hosta"]?.table ?? emptyRoom;
  expect(itemsOf(kept.statements).map((one) => one.text)).toEqual(["before", "during"]);
  expect(talks.state.rooms.table.statements.size).toBe(3);
});

test("each party alone decides who reads its preferences", () => {
  const talks = Negotiation.seated();
  talks.issue("aldia", "ReadingGranted", { to: seat("marin") });
  expect(talks.state.people.readers).toEqual({ aldia: ["marin"] });
  talks.issue("aldia", "ReadingRevoked", { to: seat("marin") });
  expect(talks.attempt("aldia", "ReadingRevoked", { to: seat("marin") })?.code).toBe("not-found");
});

const modalitiesBody = {
  participation: "Two delegations and the mediator.",
  venue: "Hosta",
  languages: ["en"],
  confidentiality: "Nothing is quoted outside.",
  press: "Agreed lines only.",
  retention: "Ten years.",
  answerDaysMax: 7,
};

test("whoever agreed to other modalities since is not held to those that were never agreed", () => {
  const talks = Negotiation.seated();
  const proposed = () => talks.issue("aldia", "ModalitiesProposed", modalitiesBody);
  const [never, agreed] = [proposed(), proposed()];
  talks.issue("borea", "ModalitiesAccepted", { modalities: never });
  for (const party of ["aldia", "borea"]) talks.issue(party, "ModalitiesAccepted", { modalities: agreed });
  expect(talks.attempt("aldia", "ModalitiesAccepted", { modalities: never })?.code).toBe("not-found");
  expect(talks.state.people.modalitiesInForce).toBe(agreed);
});

test("modalities are in force once every principal accepts them", () => {
  const talks = Negotiation.seated();
  const modalities = talks.issue("marin", "ModalitiesProposed", modalitiesBody);
  talks.issue("aldia", "ModalitiesAccepted", { modalities });
  expect(talks.state.people.modalitiesInForce).toBeUndefined();
  talks.issue("borea", "ModalitiesAccepted", { modalities });
  expect(talks.state.people.modalitiesInForce).toBe(modalities);
});
