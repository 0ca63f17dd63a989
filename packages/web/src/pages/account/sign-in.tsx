/** The ways into a server: a passkey, its provider, or the link that opens an account. */
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Field } from "../../frame/field.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { theShelf } from "../../source/case-context.tsx";
import { type No, saysNo } from "../../source/no.ts";
import { useServer } from "../../source/server.ts";
import { TableLink } from "../draft/table-link.tsx";

export function SignIn({ Title = "h2" }: { Title?: "h1" | "h2" }): ReactElement | null {
  const t = useWords();
  const { client } = theShelf();
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<No>();
  const [link, setLink] = useState("");
  const server = useServer();
  if (!client) return null;
  const enter = async (way: () => Promise<No | undefined>) => {
    const no = await way();
    setRefusal(no);
    if (!no) await queries.invalidateQueries();
  };
  const provider = async () => (await import("../../source/presence.ts")).goToProvider(client, "sign-in");
  const passkey = async () => (await import("../../source/presence.ts")).signInWithPasskey(client);
  const redeem = async (): Promise<No | undefined> => {
    const token = /[#&]link=([A-Za-z0-9_-]+)/.exec(link)?.[1];
    if (token === undefined) return saysNo("bad-link", "This link opens no account.");
    return theShelf().redeem?.(token);
  };
  return (
    <section className="stack sign-in">
      <Title>{t("account.signIn")}</Title>
      <p>{t("account.signIn.what")}</p>
      <div className="acts">
        <Button className="button primary" onPress={() => void enter(passkey)}>
          {t("account.signIn.passkey")}
        </Button>
        {server?.openid ? (
          <Button className="button" onPress={() => void provider().then(setRefusal)}>
            {t("account.signIn.openid")}
          </Button>
        ) : null}
      </div>
      <Field autoComplete="off" label={t("account.signIn.link")} onChange={setLink} value={link} />
      <div className="acts">
        <Button className="button" isDisabled={link.trim() === ""} onPress={() => void enter(redeem)}>
          {t("act.open")}
        </Button>
        <TableLink look="button plain" to={location.pathname}>
          {t("account.alone")}
        </TableLink>
      </div>
      <Refused why={refusal} />
    </section>
  );
}
