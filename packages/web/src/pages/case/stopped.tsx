/** What stands in place of every page of a case whose record does not hold. The one page here that is loud. */
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Framed, ToCases } from "../../frame/states.tsx";
import { useWords } from "../../messages/words.ts";
import type { CaseSource } from "../../source/case-source.ts";
import type { Mismatch } from "../../source/mismatch.ts";
import { fileName, save } from "../../source/saving.ts";
import "./stopped.css";

export function Stopped({ fault, source }: { fault: Mismatch; source?: CaseSource }): ReactElement {
  const t = useWords();
  const { kind, title, seq, message } = fault;
  const [lost, setLost] = useState<string>();
  const exportIt = () =>
    source?.exportFile().then(
      (file) => save(file, fileName(title, "parley")),
      (reason: unknown) => setLost(String(reason)),
    );
  return (
    <Framed>
      <section className="stopped" role="alert">
        <h2>{t("stopped.title")}</h2>
        {title ? <p className="stopped-case">{title}</p> : null}
        <p>
          {kind === "entry" || (kind === "verified" && seq !== undefined)
            ? t("stopped.entry", { seq: seq ?? 0 })
            : t(`stopped.${kind}`)}
        </p>
        <p>{t("stopped.next")}</p>
        <p className="small">
          {t("stopped.exact")}{" "}
          <code dir="ltr" lang="en">
            {message}
          </code>
        </p>
        <div className="acts">
          {source ? (
            <Button className="button" onPress={() => void exportIt()}>
              {t("record.export")}
            </Button>
          ) : null}
          <ToCases />
        </div>
        {lost ? <p className="fault">{lost}</p> : null}
      </section>
    </Framed>
  );
}
