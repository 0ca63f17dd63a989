/** Who keeps this record, and how all principals together give it to another keeper. */
import { principals } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { CopyLine } from "../../frame/copy-line.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import { changeTo, consentsIn, consentTo, isKey } from "../../source/consents.ts";

export function Keeper(): ReactElement | null {
  const t = useWords();
  const { kept } = useCase();
  const may = useMay();
  const { keeper } = useSnapshot().state.people;
  // Alone this browser is the keeper, and nobody else has anything to consent to.
  if (kept !== "server") return null;
  return (
    <section className="keeper stack-narrow">
      <h2>{t("keeper.title")}</h2>
      <p className="mono small">
        <bdi dir="ltr">{keeper}</bdi>
      </p>
      <p className="small quiet">{t("keeper.known")}</p>
      {may("KeeperChanged", "public") ? (
        <details className="set-up">
          <summary>{t("keeper.move")}</summary>
          <Moving />
        </details>
      ) : null}
    </section>
  );
}

function Moving(): ReactElement {
  const t = useWords();
  const source = useCase();
  const looks = useLooks();
  const { state, sitting } = useSnapshot();
  const { act, busy, refusal, done } = useActing();
  const [key, setKey] = useState("");
  const [given, setGiven] = useState("");
  const [line, setLine] = useState<string>();
  const { people } = state;
  const passed = consentsIn(`${given}\n${line ?? ""}`, source, people);
  const asked = principals(people);
  const ours = sitting?.seat;
  const missing = asked.filter((party) => party !== ours && !passed?.held.has(party));
  const named = passed?.change.key ?? key.trim();
  const consent = async () => {
    setLine(await consentTo(source, passed?.change ?? changeTo(source, named)));
  };
  const change = () =>
    act({
      kind: "KeeperChanged",
      body: { ...passed?.change, consents: [...(passed?.held.values() ?? [])].map((one) => ({ ...one })) },
    });
  return (
    <div className="stack">
      <p className="small">{t("keeper.what")}</p>
      <Field
        label={t("keeper.given")}
        onChange={setGiven}
        rows={2}
        spellCheck="false"
        value={given}
        what={given.trim() === "" || passed ? undefined : t("keeper.given.none")}
      />
      {passed ? (
        <div>
          <p className="small">{t("keeper.named")}</p>
          <p className="mono small">
            <bdi dir="ltr">{named}</bdi>
          </p>
        </div>
      ) : (
        <Field
          autoComplete="off"
          label={t("keeper.key")}
          onChange={setKey}
          spellCheck="false"
          value={key}
          what={t("keeper.key.what")}
        />
      )}
      {line ? <CopyLine autoFocus label={t("keeper.line")} line={line} /> : null}
      <ul className="list small">
        {asked.map((party) => (
          <li className="row" key={party}>
            <PartyName look={looks.get(party) ?? { name: party, code: party, hue: 0 }} />
            <span>{t(passed?.held.has(party) ? "keeper.consents" : "keeper.waits")}</span>
          </li>
        ))}
      </ul>
      <Learns done={done} lesson={{ given: t("audience.public") }} />
      <div className="acts">
        <Button
          className="button"
          isDisabled={!isKey(named) || line !== undefined}
          onPress={() => void consent()}
        >
          {t("keeper.consent")}
        </Button>
        <Button
          className="button"
          isDisabled={busy || !passed || missing.length > 0}
          onPress={() => void change()}
        >
          {t("keeper.do")}
        </Button>
      </div>
      <Refused why={refusal} />
    </div>
  );
}
