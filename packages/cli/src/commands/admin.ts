/** `parley admin`: accounts and links, and the care of a store. */
import { Accounts, backup, checkStore, openReading, restore, type Sql, systemPorts } from "@parley/server";
import { type Arguments, type Command, lastValue, UsageError } from "../command.ts";
import { onlyWords, storeOptions, withStore } from "../store-options.ts";
import { printJson, type Terminal } from "../terminal.ts";

type Action = (sql: Sql, words: readonly string[], args: Arguments, terminal: Terminal) => Promise<number>;

const dayMs = 86_400_000;
const listed = 1_000;

const actions: Readonly<Record<string, { readonly lock: boolean; readonly run: Action }>> = {
  link: { lock: false, run: link },
  accounts: { lock: false, run: accounts },
  disable: { lock: false, run: disable },
  publish: { lock: false, run: publish },
  backup: { lock: false, run: backUp },
  restore: { lock: true, run: restoreBackup },
  check: { lock: false, run: check },
};

export const command: Command = {
  name: "admin",
  synopsis: "link NAME | accounts | disable ACCOUNT | publish CASE | backup FILE | restore FILE | check",
  description: [
    "link NAME makes a link that opens an account, once; --opener lets it open cases, --account gives a way back into an existing one. accounts lists them; disable shuts one and ends its sessions. publish CASE lets every account read what is public in a case.",
    "backup FILE writes the whole store while its server runs; restore FILE fills an empty store, of either kind; check verifies every log against its hashes, its rules and its signed heads.",
  ],
  options: {
    ...storeOptions,
    opener: { help: "link: the account may open cases" },
    account: { value: "ACCOUNT", help: "link: for an account that exists" },
    days: { value: "N", help: "link: how long it is valid (7)" },
    url: { value: "URL", help: "link: where the server is reached (http://localhost:7700)" },
    json: { help: "machine output" },
  },
  examples: ["parley admin link 'Head of delegation' --opener", "parley admin backup parley.backup"],
  async run(args: Arguments, terminal: Terminal): Promise<number> {
    const [name, ...words] = args.words;
    const action = name !== undefined && Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (!action) {
      throw new UsageError(`${name ?? "an action"} is not one of ${Object.keys(actions).join(", ")}`);
    }
    return withStore(args, action.lock, (sql) => action.run(sql, words, args, terminal));
  },
};

async function link(
  sql: Sql,
  words: readonly string[],
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const [name = ""] = onlyWords(words, "a NAME");
  const days = Number(lastValue(args, "days") ?? "7");
  if (!Number.isInteger(days) || days < 1 || days > 365)
    throw new UsageError("--days is a whole number from 1 to 365");
  const account = lastValue(args, "account");
  const known = new Accounts(sql, systemPorts);
  if (account !== undefined && !(await known.get(account)))
    throw new UsageError(`there is no account ${account}`);
  const role = args.flags.has("opener") ? "opener" : "member";
  const token = await known.link({
    name,
    role,
    validMs: days * dayMs,
    ...(account === undefined ? {} : { account }),
  });
  const url = `${lastValue(args, "url") ?? "http://localhost:7700"}/#link=${token}`;
  if (args.flags.has("json")) printJson(terminal, { url, name, role, days });
  else terminal.result(`${url}\n`);
  return 0;
}

async function accounts(
  sql: Sql,
  words: readonly string[],
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  onlyWords(words);
  const known = new Accounts(sql, systemPorts);
  const all = [];
  for (let after = ""; ; ) {
    const page = await known.list(after, listed);
    all.push(...page);
    after = page.at(-1)?.account ?? "";
    if (page.length < listed) break;
  }
  if (args.flags.has("json")) printJson(terminal, all);
  else
    for (const { account, name, role, disabledAt } of all) {
      terminal.result(`${account}  ${role}${disabledAt === null ? "" : " (shut)"}  ${name}\n`);
    }
  return 0;
}

async function disable(
  sql: Sql,
  words: readonly string[],
  _args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const [account = ""] = onlyWords(words, "an ACCOUNT");
  const done = await new Accounts(sql, systemPorts).disable(account);
  terminal.log(
    done ? "The account is shut and its sessions are ended." : `There is no open account ${account}.`,
  );
  return done ? 0 : 1;
}

async function publish(
  sql: Sql,
  words: readonly string[],
  _args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const [caseId = ""] = onlyWords(words, "a CASE");
  const done = await openReading(sql, caseId);
  terminal.log(done ? "Every account may now read what is public in it." : `There is no case ${caseId}.`);
  return done ? 0 : 1;
}

async function backUp(
  sql: Sql,
  words: readonly string[],
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const [file = ""] = onlyWords(words, "a FILE");
  const rows = await backup(sql, file);
  if (args.flags.has("json")) printJson(terminal, { file, rows });
  else terminal.log(`${rows} rows in ${file}. It holds the keeper's key: keep it as safe as the store.`);
  return 0;
}

async function restoreBackup(
  sql: Sql,
  words: readonly string[],
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const [file = ""] = onlyWords(words, "a FILE");
  const rows = await restore(sql, file);
  if (args.flags.has("json")) printJson(terminal, { file, rows });
  else terminal.log(`${rows} rows from ${file}.`);
  return 0;
}

async function check(
  sql: Sql,
  words: readonly string[],
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  onlyWords(words);
  const found = await checkStore(sql, (done) => terminal.progress(`${done} cases checked`));
  terminal.progress("");
  if (args.flags.has("json")) printJson(terminal, found);
  else {
    for (const fault of found.faults) terminal.result(`${fault}\n`);
    terminal.log(
      `${found.cases} cases with ${found.entries} entries: ${found.faults.length === 0 ? "sound" : `${found.faults.length} faults`}.`,
    );
  }
  return found.faults.length === 0 ? 0 : 1;
}
