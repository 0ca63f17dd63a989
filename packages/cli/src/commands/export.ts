/** `parley export`: a case as one file that anyone can verify offline. */

import { exportFromStore, findCase, writeWhole } from "@parley/server";
import { type Arguments, type Command, InputError, lastValue, oneWord } from "../command.ts";
import { storeOptions, withStore } from "../store-options.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "export",
  synopsis: "CASE [--out FILE] [--as SEAT] [--data DIR]",
  description: [
    "Writes the logs of a case as one .parley file, to FILE or standard output: the whole of every log, or with --as what one seat is given. The server may be running.",
    "CASE is the case's id, its beginning, or a word of its title that no other case has.",
  ],
  options: {
    ...storeOptions,
    out: { value: "FILE", help: "where to write; standard output without it" },
    as: { value: "SEAT", help: "as that seat is given it" },
  },
  examples: ["parley export riyadh --out riyadh.parley"],
  async run(args: Arguments, terminal: Terminal): Promise<number> {
    const named = oneWord(args, "a CASE");
    const out = lastValue(args, "out");
    return withStore(args, false, async (sql, place) => {
      const found = await findCase(sql, named);
      if (found.length === 0) throw new InputError(place, `there is no case ${JSON.stringify(named)}`);
      const [only, other] = found;
      if (!only || other)
        throw new InputError(
          place,
          `${JSON.stringify(named)} could be ${found.length} cases: give more of the id`,
        );
      const lines = await exportFromStore(sql, only, lastValue(args, "as"));
      if (lines === "not-keeper") {
        throw new InputError(
          place,
          "another server keeps this case, so this one cannot sign its export: pass on the file it came in",
        );
      }
      if (!lines)
        throw new InputError(place, `the case has no seat ${JSON.stringify(lastValue(args, "as"))}`);
      if (out === undefined) {
        for await (const line of lines) terminal.result(Buffer.from(line).toString());
        return 0;
      }
      await writeWhole(out, async (write) => {
        for await (const line of lines) await write(line);
      });
      terminal.log(`${only} is in ${out}.`);
      return 0;
    });
  },
};
