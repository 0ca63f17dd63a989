/** Seats after the opening: a new one is opened, and stands once every principal consents to it. */
import { principals, type Seat, type SeatKind } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button, Form } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useCase, useSeatNames, useSnapshot } from "../../source/case-context.tsx";

const kinds: readonly SeatKind[] = ["affected", "observer", "mediator", "host", "principal"];

/** Whose consent a seat still waits for, and ours to give. */
export function Consent({ seat }: { seat: Seat }): ReactElement | null {
  const t = useWords();
  const namesOf = useSeatNames();
  const { state, sitting } = useSnapshot();
  const may = useMay();
  const { act, busy, refusal } = useActing();
  const missing = principals(state.people).filter((party) => !seat.consents.includes(party));
  if (seat.standing || missing.length === 0) return null;
  const ours = missing.some((party) => party === sitting?.seat) && may("SeatAccepted", "public");
  return (
    <div className="stack-narrow">
      <p className="small quiet">{t("seating.waits", { who: namesOf(missing) })}</p>
      {ours ? (
        <>
          <Learns lesson={{ given: t("audience.public"), infer: t("seating.infer") }} />
          <Button
            aria-label={t("said.of", { what: t("seating.accept"), words: seat.name })}
            className="button small"
            isDisabled={busy}
            onPress={() => void act({ kind: "SeatAccepted", body: { seat: seat.id } })}
          >
            {t("seating.accept")}
          </Button>
        </>
      ) : null}
      <Refused why={refusal} />
    </div>
  );
}

export function OpenSeat(): ReactElement | null {
  const t = useWords();
  const { kept } = useCase();
  const may = useMay();
  const { act, busy, refusal, done } = useActing();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<SeatKind>("affected");
  if (kept !== "server" || !may("SeatOpened", "public")) return null;
  const open = async () => {
    // A random id: a name in another script has no letters for one, and two parties may be named alike.
    const seat = `seat-${crypto.randomUUID().slice(0, 8)}`;
    if (await act({ kind: "SeatOpened", body: { seat, kind, name: name.trim() } })) setName("");
  };
  return (
    <details className="set-up">
      <summary>{t("seating.open")}</summary>
      <Form
        className="stack-narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <Field label={t("seating.name")} onChange={setName} value={name} />
        <Choose
          choices={kinds.map((id) => ({
            id,
            name: t("said.of", { what: t(`seat.${id}`), words: t(`seat.${id}.does`) }),
          }))}
          label={t("seating.kind")}
          onChoose={(id) => setKind(kinds.find((one) => one === id) ?? kind)}
          value={kind}
        />
        <p className="small quiet">{t("seating.what")}</p>
        <Learns done={done} lesson={{ given: t("audience.public") }} />
        <Button className="button" isDisabled={busy || name.trim() === ""} type="submit">
          {t("seating.open")}
        </Button>
        <Refused why={refusal} />
      </Form>
    </details>
  );
}
