/** Into what am I invited, and what do I take with me? */

import type { CaseId } from "@parley/ledger";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { ActButton } from "../../frame/act-button.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { Loading, Missing, Notice, PageFault, ToCases } from "../../frame/states.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { theShelf } from "../../source/case-context.tsx";
import type { No } from "../../source/no.ts";
import { saveKit } from "../../source/saving.ts";
import type { Invited } from "../../source/shelf.ts";
import { useAccount } from "../account/account-page.tsx";
import { KitField, shortestPassphrase } from "../account/kit-field.tsx";
import { SignIn } from "../account/sign-in.tsx";

export function JoinPage(): ReactElement {
  const t = useWords();
  const { caseId, secret } = useParams({ strict: false }) as { caseId: CaseId; secret: string };
  const { client } = theShelf();
  const account = useAccount();
  const signedIn = account.data?.account;
  const invited = useQuery({
    queryKey: ["invitation", caseId, secret, signedIn],
    enabled: signedIn !== undefined && client !== undefined,
    queryFn: async () => (await theShelf().invited?.(caseId, secret)) ?? null,
    staleTime: Infinity,
    structuralSharing: false,
  });
  if (!client) return <Missing page={t("join.title")} />;
  if (account.isPending) return <Loading />;
  if (!account.data) {
    return (
      <div className="page narrow stack">
        <h1>{t("join.title")}</h1>
        <SignIn />
      </div>
    );
  }
  if (invited.isPending) return <Loading />;
  if (invited.error) return <PageFault error={invited.error} reset={() => void invited.refetch()} />;
  if (!invited.data) {
    return (
      <Notice acts={<ToCases />} kind="missing" page={t("join.title")} title={t("join.over")}>
        {t("join.over.next")}
      </Notice>
    );
  }
  return <Join caseId={caseId} invited={invited.data} />;
}

function Join({ caseId, invited }: { caseId: CaseId; invited: Invited }): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [office, setOffice] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [refusal, setRefusal] = useState<No>();
  const [busy, setBusy] = useState(false);
  const { people } = invited.source.snapshot().state;
  const { seat, role, until } = invited.invitation;
  const join = async () => {
    setBusy(true);
    const joined = await invited.join({
      name: name.trim(),
      office: office.trim() || name.trim(),
      passphrase,
    });
    setBusy(false);
    if ("code" in joined) return setRefusal(joined);
    saveKit(joined.kit, people.title, name);
    await queries.invalidateQueries({ queryKey: ["cases"] });
    queries.removeQueries({ queryKey: ["case", caseId] });
    await navigate({ to: "/case/$caseId", params: { caseId }, replace: true });
  };
  return (
    <div className="page narrow stack">
      {people.exercise ? (
        <p>
          <span className="tag">{t("exercise.banner")}</span>
        </p>
      ) : null}
      <h1>{t("join.title")}</h1>
      <div>
        <p>
          <strong>{people.title}</strong>
        </p>
        <p>{t("join.as", { party: people.seats[seat]?.name ?? seat, role: t(`role.${role}`) })}</p>
        <p className="small quiet">{t("join.until", { when: minute(until) })}</p>
      </div>
      <div className="pair">
        <Field autoComplete="name" label={t("new.you")} onChange={setName} value={name} />
        <Field
          autoComplete="organization-title"
          label={t("new.office")}
          onChange={setOffice}
          value={office}
        />
      </div>
      <KitField onChange={setPassphrase} passphrase={passphrase} />
      <Learns lesson={{ given: t("audience.public") }} />
      <Refused why={refusal} />
      <div className="acts">
        <ActButton
          busy={busy}
          label={t("join.do")}
          needs={[
            [t("new.you"), name],
            [t("join.kit"), passphrase.length >= shortestPassphrase],
          ]}
          onPress={() => void join()}
        />
      </div>
    </div>
  );
}
