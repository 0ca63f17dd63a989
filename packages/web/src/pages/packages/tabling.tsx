/** A package goes out as text: what is tabled has no place for a name, a score or a gain. */
import type { Text } from "@parley/core";
import type { Outcome } from "@parley/solver";
import { Link } from "@tanstack/react-router";
import { type ReactElement, type ReactNode, useState } from "react";
import { Button } from "react-aria-components";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useCase } from "../../source/case-context.tsx";
import type { TextView } from "../../source/text-view.ts";

const dayMs = 86_400_000;
const usualDays = 3;

/** What a package settles that is not agreed yet. */
export function openOf(outcome: Outcome, { agreed }: Text): Outcome {
  return Object.fromEntries(Object.entries(outcome).filter(([bracket]) => !Object.hasOwn(agreed, bracket)));
}

export function Tabling({
  outcome,
  view,
  onTabled,
  children,
}: {
  outcome: Outcome;
  view: TextView;
  onTabled?: () => void;
  /** What else may be done with it. */
  children?: ReactNode;
}): ReactElement | null {
  const t = useWords();
  const { id } = useCase();
  const { text, audience } = view;
  const may = useMay(text);
  const { act, busy, refusal, done } = useActing();
  const [until, setUntil] = useState(() =>
    new Date(Date.now() + usualDays * dayMs).toISOString().slice(0, 16),
  );
  if (!may("ProposalTabled", audience)) return null;
  const open = openOf(outcome, text);
  const at = Date.parse(`${until}Z`);
  return (
    <section className="tabling stack">
      <h3>{t("packages.table.title")}</h3>
      <p>{t("packages.table.what")}</p>
      <Field label={t("packages.table.until")} onChange={setUntil} type="datetime-local" value={until} />
      <Learns done={done} lesson={{ given: t(`audience.${audience}`), infer: t("packages.table.infer") }} />
      <div className="acts">
        <Button
          className="button primary"
          isDisabled={busy || Number.isNaN(at) || Object.keys(open).length === 0}
          onPress={() =>
            void act({
              kind: "ProposalTabled",
              audience,
              body: {
                draft: text.id,
                revision: text.revision,
                package: { ...open },
                answersUntil: new Date(at).toISOString(),
              },
            }).then((tabled) => tabled && onTabled?.())
          }
        >
          {t("packages.table.do")}
        </Button>
        {children}
      </div>
      {done ? (
        <p role="status">
          <Link params={{ caseId: id }} to="/case/$caseId/answer">
            {t("packages.table.done")}
          </Link>
        </p>
      ) : null}
      <Refused why={refusal} />
    </section>
  );
}
