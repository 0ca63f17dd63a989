/** From a clause of the text to the measures that came from it; each of them leads back to its clause. */
import { measureState, measuresOf } from "@parley/core";
import type { Clause } from "@parley/text";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { PartyCode } from "../../frame/party.tsx";
import { useWords } from "../../messages/words.ts";
import { useMay } from "../../source/acting.ts";
import { useNow } from "../../source/beside.ts";
import { useCase, useLooks } from "../../source/case-context.tsx";
import type { TextView } from "../../source/text-view.ts";
import { useView } from "../../source/view.ts";

export function ClauseMeasures({ clause, view }: { clause: Clause; view: TextView }): ReactElement | null {
  const t = useWords();
  const now = useNow();
  const may = useMay();
  const looks = useLooks();
  const { rooms } = useView();
  const params = { caseId: useCase().id };
  const measures = measuresOf(rooms[view.audience], view.text.id, clause.id);
  const proposes = may("MeasureProposed", view.audience);
  if (measures.length === 0 && !proposes) return null;
  return (
    <section className="stack-narrow">
      <h3>{t("measure.ofClause")}</h3>
      {measures.length === 0 ? <p className="quiet small">{t("measure.ofClause.none")}</p> : null}
      <ul className="list small">
        {measures.map((measure) => {
          const look = looks.get(measure.owner);
          return (
            <li key={measure.id}>
              {look ? <PartyCode look={look} /> : null}{" "}
              <Link params={params} search={{ measure: measure.id } as never} to="/case/$caseId/measures">
                {measure.title}
              </Link>{" "}
              <span className="quiet">{t(`measure.state.${measureState(measure, now)}`)}</span>
            </li>
          );
        })}
      </ul>
      {proposes ? (
        <p className="small">
          <Link params={params} search={{ clause: clause.id } as never} to="/case/$caseId/measures">
            {t("measure.ofClause.make")}
          </Link>
        </p>
      ) : null}
    </section>
  );
}
