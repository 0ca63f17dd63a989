/** Who is signed in to this server, and by which ways they come back. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Button, FileTrigger } from "react-aria-components";
import { announce } from "../../frame/announced.tsx";
import { Field } from "../../frame/field.tsx";
import { Refused } from "../../frame/refused.tsx";
import { Loading, Missing } from "../../frame/states.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { theShelf } from "../../source/case-context.tsx";
import type { No } from "../../source/no.ts";
import { useServer } from "../../source/server.ts";
import type { ServerClient } from "../../source/shelf.ts";
import { SignIn } from "./sign-in.tsx";

/** Who is signed in; null: nobody. */
export function useAccount() {
  const { client } = theShelf();
  return useQuery({
    queryKey: ["account"],
    queryFn: async () => {
      try {
        return (await client?.whoAmI()) ?? null;
      } catch (problem) {
        if (problem instanceof Error && "status" in problem && problem.status === 401) return null;
        throw problem;
      }
    },
  });
}

export function AccountPage(): ReactElement {
  const t = useWords();
  const { client } = theShelf();
  const account = useAccount();
  const queries = useQueryClient();
  const signOut = async () => {
    await theShelf().signOut?.();
    announce(t("account.signedOut"));
    await queries.resetQueries();
  };
  if (!client) return <Missing page={t("account.title")} />;
  if (account.isPending) return <Loading />;
  return (
    <div className="page narrow stack-wide">
      <h1>{t("account.title")}</h1>
      <FromProvider />
      {account.data ? (
        <>
          <p className="row">
            {t("account.who", { who: account.data.name })}
            <Button className="button small" onPress={() => void signOut()}>
              {t("account.signOut")}
            </Button>
          </p>
          {account.data.steppedUp ? <p className="small quiet">{t("account.proven")}</p> : null}
          <Passkeys client={client} />
          <Provider client={client} />
          <Sessions client={client} />
          <Restore />
        </>
      ) : (
        <SignIn />
      )}
    </div>
  );
}

function Passkeys({ client }: { client: ServerClient }): ReactElement {
  const t = useWords();
  const { day } = useMoments();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [refusal, setRefusal] = useState<No>();
  const { data } = useQuery({ queryKey: ["passkeys"], queryFn: () => client.passkeys() });
  const server = useServer();
  const again = () => queries.invalidateQueries({ queryKey: ["passkeys"] });
  const add = async () => {
    const { addPasskey } = await import("../../source/presence.ts");
    const no = await addPasskey(client, name.trim());
    setRefusal(no);
    if (no) return;
    setName("");
    announce(t("account.passkeys.added"));
    await again();
  };
  const remove = async (credential: string) => {
    const { removePasskey } = await import("../../source/presence.ts");
    const no = await removePasskey(client, credential);
    setRefusal(no);
    if (no) return;
    announce(t("account.passkeys.removed"));
    await again();
  };
  return (
    <section className="stack">
      <h2>{t("account.passkeys")}</h2>
      {data && data.items.length === 0 ? (
        <p>{t("account.passkeys.none", { provider: server?.openid ? "yes" : "no" })}</p>
      ) : null}
      <ul className="list">
        {data?.items.map((passkey) => (
          <li className="row" key={passkey.credential}>
            <span>{passkey.name}</span>
            <span className="small quiet">{day(new Date(passkey.createdAt).toISOString().slice(0, 10))}</span>
            <Button
              aria-label={t("said.of", { what: t("act.remove"), words: passkey.name })}
              className="button small"
              onPress={() => void remove(passkey.credential)}
            >
              {t("act.remove")}
            </Button>
          </li>
        ))}
      </ul>
      <Field label={t("account.passkeys.name")} maxLength={100} onChange={setName} value={name} />
      <div className="acts">
        <Button className="button primary" isDisabled={name.trim() === ""} onPress={() => void add()}>
          {t("account.passkeys.add")}
        </Button>
      </div>
      <Refused why={refusal} />
    </section>
  );
}

function Provider({ client }: { client: ServerClient }): ReactElement | null {
  const t = useWords();
  const [refusal, setRefusal] = useState<No>();
  const server = useServer();
  if (!server?.openid) return null;
  const go = async (purpose: "link" | "step-up") => {
    const { goToProvider } = await import("../../source/presence.ts");
    setRefusal(await goToProvider(client, purpose));
  };
  return (
    <div className="stack">
      <div className="acts">
        <Button className="button" onPress={() => void go("link")}>
          {t("account.openid.link")}
        </Button>
        <Button className="button" onPress={() => void go("step-up")}>
          {t("account.openid.prove")}
        </Button>
      </div>
      <Refused why={refusal} />
    </div>
  );
}

/** What came of going there: the server sends the browser back to this page with it in the address. */
function FromProvider(): ReactElement | null {
  const t = useWords();
  const { provider = "" } = useSearch({ strict: false }) as { provider?: string };
  const said = (["linked", "proved"] as const).find((one) => one === provider);
  if (said) return <p role="status">{t(`account.openid.${said}`)}</p>;
  return provider.startsWith("openid-") ? <Refused why={{ code: provider, sentence: "" }} /> : null;
}

/** One may have been left open where somebody else sits: it is ended from here. */
function Sessions({ client }: { client: ServerClient }): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const queries = useQueryClient();
  const { data } = useQuery({ queryKey: ["sessions"], queryFn: () => client.sessions() });
  const end = async (session: string) => {
    await client.endSession(session);
    announce(t("account.sessions.ended"));
    await queries.invalidateQueries({ queryKey: ["sessions"] });
  };
  return (
    <section className="stack">
      <h2>{t("account.sessions")}</h2>
      <ul className="list sessions">
        {data?.items.map(({ session, seenAt, agent, current }) => {
          const where = placeOf(agent) ?? t("account.sessions.agent");
          return (
            <li className="row" key={session}>
              <span>{where}</span>
              <span className="small quiet">
                {current
                  ? t("account.sessions.this")
                  : t("account.sessions.seen", { when: minute(new Date(seenAt).toISOString()) })}
              </span>
              {current ? null : (
                <Button
                  aria-label={t("said.of", { what: t("account.sessions.end"), words: where })}
                  className="button small"
                  onPress={() => void end(session)}
                >
                  {t("account.sessions.end")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A browser and a system, as far as what it calls itself tells them. */
function placeOf(agent: string): string | undefined {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(agent)?.[1];
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|CrOS|Linux)/.exec(agent)?.[1];
  const named = browser === "Edg" ? "Edge" : browser === "OPR" ? "Opera" : browser;
  return named && system ? `${named}, ${system}` : (named ?? system);
}

function Restore(): ReactElement {
  const t = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [kit, setKit] = useState<File>();
  const [passphrase, setPassphrase] = useState("");
  const [refusal, setRefusal] = useState<No>();
  const [busy, setBusy] = useState(false);
  const restore = async () => {
    setBusy(true);
    const restored = kit && (await theShelf().restore?.(await kit.text(), passphrase));
    setBusy(false);
    if (restored === undefined) return;
    if (typeof restored !== "string") return setRefusal(restored);
    await queries.resetQueries();
    await navigate({ to: "/case/$caseId", params: { caseId: restored } });
  };
  return (
    <section className="stack">
      <h2>{t("restore.title")}</h2>
      <p className="small">{t("restore.what")}</p>
      <div className="row">
        <FileTrigger acceptedFileTypes={[".age"]} onSelect={(files) => setKit(files?.[0])}>
          <Button className="button small">{t("restore.choose")}</Button>
        </FileTrigger>
        <span className="small">{kit?.name}</span>
      </div>
      <Field
        autoComplete="off"
        label={t("restore.passphrase")}
        onChange={setPassphrase}
        type="password"
        value={passphrase}
      />
      <div className="acts">
        <Button
          className="button"
          isDisabled={busy || !kit || passphrase === ""}
          onPress={() => void restore()}
        >
          {t("restore.do")}
        </Button>
      </div>
      <Refused why={refusal} />
    </section>
  );
}
