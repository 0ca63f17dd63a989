/** The principals' own acceptances against what the custodian said, or kept silent about: all of them, or nothing is shown. */
import { type Proposal, principals } from "@parley/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { CopyLine } from "../../frame/copy-line.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { acceptancesIn, keptAcceptance } from "../../source/acceptances.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { TextView } from "../../source/text-view.ts";

export function Showing({ proposal, view }: { proposal: Proposal; view: TextView }): ReactElement | null {
  const t = useWords();
  const source = useCase();
  const looks = useLooks();
  const { state, sitting } = useSnapshot();
  const may = useMay(view.text);
  const { act, busy, refusal } = useActing();
  const [given, setGiven] = useState("");
  const { people } = state;
  const { data: ours } = useQuery({
    queryKey: ["our acceptance", source.id, proposal.id, sitting?.device],
    queryFn: async () => (await keptAcceptance(source, proposal.id)) ?? null,
    staleTime: Infinity,
  });
  if (!proposal.custodian || proposal.disproved || !may("AcceptancesShown", view.audience)) return null;
  const asked = principals(people);
  const held = acceptancesIn(`${ours ?? ""}\n${given}`, source.id, proposal.id, people);
  const all = asked.flatMap((party) => held.get(party) ?? []);
  const show = () =>
    act({
      kind: "AcceptancesShown",
      audience: view.audience,
      body: { proposal: proposal.id, acceptances: all },
    });
  return (
    <details className="set-up">
      <summary>{t("shown.title")}</summary>
      <div className="stack-narrow">
        <p className="small">{t("shown.what")}</p>
        {ours === undefined || ours === null ? (
          <p className="small quiet">{t("shown.none")}</p>
        ) : (
          <CopyLine label={t("shown.ours")} line={ours} />
        )}
        <Field label={t("shown.theirs")} onChange={setGiven} rows={2} spellCheck="false" value={given} />
        <ul className="list small">
          {asked.map((party) => (
            <li className="row" key={party}>
              <PartyName look={looks.get(party) ?? { name: party, code: party, hue: 0 }} />
              <span>{t(held.has(party) ? "shown.holds" : "shown.missing")}</span>
            </li>
          ))}
        </ul>
        <Learns lesson={{ given: t(`audience.${view.audience}`), infer: t("shown.infer") }} />
        <div className="acts">
          <Button
            className="button"
            isDisabled={busy || all.length < asked.length}
            onPress={() => void show()}
          >
            {t("shown.do")}
          </Button>
        </div>
        <Refused why={refusal} />
      </div>
    </details>
  );
}
