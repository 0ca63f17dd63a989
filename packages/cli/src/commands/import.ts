/** `parley import`: takes an exported case into a store, after verifying all of it. */
import { createReadStream } from "node:fs";
import { importToStore } from "@parley/server";
import { type Arguments, type Command, InputError, oneWord } from "../command.ts";
import { storeOptions, withStore } from "../store-options.ts";
import { printJson, type Terminal } from "../terminal.ts";

export const command: Command = {
  name: "import",
  synopsis: "EXPORT [--data DIR] [--json]",
  description: [
    "Takes a whole exported case into a store; its server may be running. Everything in the file is verified first, and nothing is written unless all of it holds.",
    "A case that another server keeps can only be read here, until its principals make this server its keeper.",
  ],
  options: { ...storeOptions, json: { help: "machine output" } },
  examples: ["parley import riyadh.parley"],
  async run(args: Arguments, terminal: Terminal): Promise<number> {
    const file = oneWord(args, "an EXPORT");
    return withStore(args, false, async (sql) => {
      const read = () => (file === "-" ? process.stdin : createReadStream(file));
      const answer = await importToStore(sql, read());
      if ("fault" in answer)
        throw new InputError(
          file,
          `${answer.line === undefined ? "" : `line ${answer.line}: `}${answer.fault}`,
        );
      if (args.flags.has("json")) printJson(terminal, answer);
      else
        terminal.log(
          `${answer.entries} entries of ${answer.case}${answer.again ? ", which were here already" : ""}.`,
        );
      return 0;
    });
  },
};
