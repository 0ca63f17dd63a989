/** What one may do about the clause in hand: propose other words, another clause or none; reserve upon it; comment. */
import type { Clause } from "@parley/text";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks } from "../../source/case-context.tsx";
import type { TextView } from "../../source/text-view.ts";
import { useUnsentWords } from "../../source/unsent.ts";
import { ClauseMeasures } from "../measures/clause-measures.tsx";
import { Amendments } from "./amendments.tsx";
import { numberAfter } from "./change.ts";
import { Comments } from "./comments.tsx";
import { Propose, useConcernable } from "./proposing.tsx";

interface ActsProps {
  readonly clause: Clause;
  readonly view: TextView;
}

const kinds = ["replaceClause", "addClause", "deleteClause", "bracketWords"] as const;
const withConcerns = [...kinds, "concernClause"] as const;

export function ClauseActs({ clause, view }: ActsProps): ReactElement {
  const t = useWords();
  const may = useMay(view.text);
  const { audience, amendments } = view;
  const concernable = useConcernable(audience);
  return (
    <div className="bracket-acts">
      <Amendments
        amendments={amendments.filter(
          ({ change }) =>
            change.clause === clause.id ||
            (change.bracket !== undefined && isIn(view, change.bracket, clause)),
        )}
        title={t("amend.aboutClause")}
        view={view}
      />
      {may("AmendmentProposed", audience) ? (
        <Propose
          at={{ clause: clause.id }}
          kinds={concernable.length > 0 ? withConcerns : kinds}
          number={numberAfter(clause)}
          view={view}
        />
      ) : null}
      <Reservations clause={clause} view={view} />
      <Comments clause={clause.id} view={view} />
      <ClauseMeasures clause={clause} view={view} />
    </div>
  );
}

function isIn(view: TextView, bracket: string, clause: Clause): boolean {
  return view.order.some((placed) => placed.bracket.id === bracket && placed.clause === clause.id);
}

/** A party's noted objection. It stays on record, as a note to the clause wherever the text is read. */
function Reservations({ clause, view }: ActsProps): ReactElement | null {
  const t = useWords();
  const looks = useLooks();
  const may = useMay(view.text);
  const { day } = useMoments();
  const { act, busy, refusal } = useActing();
  const [words, setWords] = useUnsentWords(`reservation ${clause.id}`);
  const { text, audience } = view;
  const noted = text.reservations.filter((one) => one.clause === clause.id);
  const mayReserve = may("ReservationNoted", audience);
  if (noted.length === 0 && !mayReserve) return null;
  const send = async (said: string) => {
    const body = { draft: text.id, clause: clause.id, text: said };
    if (await act({ kind: "ReservationNoted", audience, body })) setWords(undefined);
  };
  return (
    <section className="stack-narrow">
      <h3>{t("reserve.title")}</h3>
      {noted.map(({ id, of, by, at, text: said }) => {
        const look = looks.get(of ?? by);
        return (
          <div className="remark" key={id}>
            <p className="row small">
              {look ? <PartyName look={look} /> : by}
              <span className="quiet">{day(at)}</span>
            </p>
            <p className="set-words">{said}</p>
          </div>
        );
      })}
      {mayReserve && words === undefined ? (
        <div className="acts">
          <Button className="button small" onPress={() => setWords("")}>
            {t("reserve.begin")}
          </Button>
        </div>
      ) : null}
      {words !== undefined ? (
        <>
          <Field label={t("reserve.words")} look="set" onChange={setWords} rows={3} value={words} />
          <Learns lesson={{ given: t(`audience.${audience}`), infer: t("reserve.infer") }} />
          <div className="acts">
            <Button
              className="button primary small"
              isDisabled={busy || words.trim() === ""}
              onPress={() => void send(words.trim())}
            >
              {t("reserve.send")}
            </Button>
            <Button className="button small" onPress={() => setWords(undefined)}>
              {t("act.cancel")}
            </Button>
          </div>
        </>
      ) : null}
      <Refused why={refusal} />
    </section>
  );
}
