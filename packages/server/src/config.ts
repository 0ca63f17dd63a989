/**
 * The settings of a server: each has a flag of `parley serve`, a variable of the environment and a default, all in this
 * one table, from which docs/guide/operation.md has its own.
 */
import { isIP } from "node:net";

export interface Setting {
  readonly flag: string;
  readonly variable: string;
  readonly kind: "text" | "number" | "yes";
  readonly fallback: string;
  readonly meaning: string;
  /** Of a number. */
  readonly least?: number;
  /** Of a text that is one of a few words. */
  readonly words?: readonly string[];
}

export const settings = {
  data: text("data", "PARLEY_DATA", "./parley-data", "Folder of the SQLite store; made if missing."),
  databaseUrl: text(
    "database-url",
    "PARLEY_DATABASE_URL",
    "",
    "PostgreSQL instead of SQLite, as postgres://user@host/name. Several servers may share it.",
  ),
  host: text(
    "host",
    "PARLEY_HOST",
    "127.0.0.1",
    "Address to listen on. Others than loopback need --public-url with https.",
  ),
  port: count("port", "PARLEY_PORT", "7700", "Port to listen on; 0 takes a free one.", 0),
  publicUrl: text(
    "public-url",
    "PARLEY_PUBLIC_URL",
    "",
    "Where people reach the server. https here says that a TLS proxy stands in front: cookies become Secure, HSTS is sent, and the proxy's X-Forwarded-For is believed.",
  ),
  demo: yes(
    "demo",
    "PARLEY_DEMO",
    "Opens the sample cases, with a sign-in link for each seat. The keys are public.",
  ),
  demoPublic: yes("demo-public", "PARLEY_DEMO_PUBLIC", "Lets --demo run on other than loopback addresses."),
  openidIssuer: text("openid-issuer", "PARLEY_OPENID_ISSUER", "", "Address of an OpenID Connect provider."),
  openidClientId: text(
    "openid-client-id",
    "PARLEY_OPENID_CLIENT_ID",
    "",
    "This server's name at the provider.",
  ),
  openidClientSecret: text(
    "openid-client-secret",
    "PARLEY_OPENID_CLIENT_SECRET",
    "",
    "Its secret; better given by the environment than on the command line.",
  ),
  openidOpenAccounts: yes(
    "openid-open-accounts",
    "PARLEY_OPENID_OPEN_ACCOUNTS",
    "Gives an account to anyone whom the provider knows; else accounts are linked first.",
  ),
  rateLimit: count(
    "rate-limit",
    "PARLEY_RATE_LIMIT",
    "1200",
    "Requests a minute from one account or address; files of the pages are not counted.",
  ),
  signInLimit: count(
    "sign-in-limit",
    "PARLEY_SIGN_IN_LIMIT",
    "20",
    "Tries to sign in, a minute, from one address.",
  ),
  maxStreams: count("max-streams", "PARLEY_MAX_STREAMS", "10000", "Open streams in all."),
  maxStreamsEach: count("max-streams-each", "PARLEY_MAX_STREAMS_EACH", "100", "Open streams of one account."),
  maxBodyBytes: count("max-body-bytes", "PARLEY_MAX_BODY_BYTES", "1048576", "Largest request body."),
  metricsToken: text(
    "metrics-token",
    "PARLEY_METRICS_TOKEN",
    "",
    "Bearer token for /metrics from other than loopback addresses; without it they get none.",
  ),
  logLevel: {
    ...text("log-level", "PARLEY_LOG_LEVEL", "info", "fatal, error, warn, info, debug, trace or silent."),
    words: ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
  },
} satisfies Readonly<Record<string, Setting>> as { readonly [Name in SettingName]: Setting };

type SettingName =
  | "data"
  | "databaseUrl"
  | "host"
  | "port"
  | "publicUrl"
  | "demo"
  | "demoPublic"
  | "openidIssuer"
  | "openidClientId"
  | "openidClientSecret"
  | "openidOpenAccounts"
  | "rateLimit"
  | "signInLimit"
  | "maxStreams"
  | "maxStreamsEach"
  | "maxBodyBytes"
  | "metricsToken"
  | "logLevel";

export interface ServerConfig {
  readonly data: string;
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  /** Without one: http://localhost and the port. */
  readonly publicUrl: string;
  readonly demo: boolean;
  readonly demoPublic: boolean;
  readonly openidIssuer: string;
  readonly openidClientId: string;
  readonly openidClientSecret: string;
  readonly openidOpenAccounts: boolean;
  readonly rateLimit: number;
  readonly signInLimit: number;
  readonly maxStreams: number;
  readonly maxStreamsEach: number;
  readonly maxBodyBytes: number;
  readonly metricsToken: string;
  readonly logLevel: string;
}

/** A setting that cannot be used; the sentence names it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code = "bad-setting";
}

/** The settings from flags (without their dashes), then the environment, then the defaults. Throws `ConfigError`. */
export function readConfig(
  flags: Readonly<Record<string, string | boolean | undefined>>,
  environment: Readonly<Record<string, string | undefined>>,
): ServerConfig {
  const values: Record<string, string | number | boolean> = {};
  for (const [name, setting] of Object.entries<Setting>(settings)) {
    const given = flags[setting.flag] ?? environment[setting.variable] ?? setting.fallback;
    values[name] = valueGiven(setting, given);
  }
  const config = values as unknown as ServerConfig;
  return requireSafe(config);
}

function valueGiven(setting: Setting, given: string | boolean): string | number | boolean {
  const named = `--${setting.flag} (${setting.variable})`;
  switch (setting.kind) {
    case "yes":
      if (given === true || given === "true" || given === "1") return true;
      if (given === false || given === "false" || given === "0" || given === "") return false;
      throw new ConfigError(`${named} is yes or no: give it alone, or true or false.`);
    case "number":
      if (typeof given !== "string" || !/^\d{1,10}$/.test(given)) {
        throw new ConfigError(`${named} is a whole number, not "${String(given)}".`);
      }
      if (Number(given) < (setting.least ?? 0)) {
        throw new ConfigError(`${named} is at least ${setting.least}, not ${given}.`);
      }
      return Number(given);
    case "text":
      if (typeof given !== "string") throw new ConfigError(`${named} needs a value.`);
      if (setting.words?.includes(given) === false) {
        throw new ConfigError(`${named} is one of ${setting.words.join(", ")}, not "${given}".`);
      }
      return given;
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** What would be unsafe is refused at the start, not served with a warning. */
function requireSafe(config: ServerConfig): ServerConfig {
  if (config.port > 65_535) throw new ConfigError(`--port goes up to 65535, not ${config.port}.`);
  if (config.publicUrl !== "") {
    const url = URL.canParse(config.publicUrl) ? new URL(config.publicUrl) : undefined;
    const plain = url?.protocol === "http:" && isLoopback(url.hostname);
    if (!url || (url.protocol !== "https:" && !plain) || url.origin !== config.publicUrl.replace(/\/$/, "")) {
      throw new ConfigError(
        `--public-url is an https origin such as https://parley.example, not "${config.publicUrl}".`,
      );
    }
  }
  const tls = config.publicUrl.startsWith("https:");
  if (!isLoopback(config.host) && !tls) {
    throw new ConfigError(
      `--host ${config.host} would serve plain HTTP to the network. Put a TLS proxy in front and name it: --public-url https://...`,
    );
  }
  if (config.demo && !config.demoPublic && (!isLoopback(config.host) || tls)) {
    throw new ConfigError("--demo has public keys and runs on loopback only, unless --demo-public is given.");
  }
  if ((config.openidIssuer === "") !== (config.openidClientId === "")) {
    throw new ConfigError("--openid-issuer and --openid-client-id go together.");
  }
  if (config.openidIssuer !== "" && !URL.canParse(config.openidIssuer)) {
    throw new ConfigError(`--openid-issuer is an address, not "${config.openidIssuer}".`);
  }
  return { ...config, publicUrl: config.publicUrl.replace(/\/$/, "") };
}

function text(flag: string, variable: string, fallback: string, meaning: string): Setting {
  return { flag, variable, kind: "text", fallback, meaning };
}

function count(flag: string, variable: string, fallback: string, meaning: string, least = 1): Setting {
  return { flag, variable, kind: "number", fallback, meaning, least };
}

function yes(flag: string, variable: string, meaning: string): Setting {
  return { flag, variable, kind: "yes", fallback: "", meaning };
}
