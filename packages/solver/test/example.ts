import type { Problem } from "@parley/solver";

/** The example of the format. */
export const example: Problem = {
  format: "parley-problem/1",
  name: "example",
  parties: [
    { id: "a", walkAway: 30 },
    { id: "b", walkAway: 25 },
  ],
  issues: [
    {
      id: "halt",
      options: [
        { id: "none" },
        { id: "partial", issues: [{ id: "scope", options: [{ id: "energy" }, { id: "energy-and-ports" }] }] },
      ],
    },
    { id: "embassies", options: [{ id: "keep" }, { id: "restore" }] },
  ],
  scores: {
    a: { halt: { partial: 40 }, scope: { "energy-and-ports": 10 } },
    b: { embassies: { restore: 30 }, scope: { energy: 10 } },
  },
  redLines: { a: [["halt", "none"]] },
  excludes: [
    [
      ["halt", "none"],
      ["embassies", "restore"],
    ],
  ],
  requires: [
    [
      ["scope", "energy-and-ports"],
      ["embassies", "restore"],
    ],
  ],
  interactions: [
    {
      party: "b",
      when: [
        ["halt", ["partial"]],
        ["embassies", ["restore"]],
      ],
      points: 2,
    },
  ],
};
