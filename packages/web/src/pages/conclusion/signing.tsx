/** Initials authenticate the text; a signature says who, in what office and capacity, with what powers, and where. */
import type { TextSignature } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { ActButton } from "../../frame/act-button.tsx";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useSnapshot } from "../../source/case-context.tsx";
import type { TextView } from "../../source/text-view.ts";

const capacities: readonly TextSignature["capacity"][] = [
  "headOfState",
  "headOfGovernment",
  "foreignMinister",
  "fullPowers",
];

function useSigner(): { readonly name: string; readonly office: string } {
  const { state, sitting } = useSnapshot();
  const member = sitting && state.people.members[sitting.member];
  return { name: member?.name ?? "", office: member?.office ?? "" };
}

export function Initial({ view: { text, audience } }: { view: TextView }): ReactElement | null {
  const t = useWords();
  const { sitting } = useSnapshot();
  const may = useMay(text);
  const { act, busy, refusal, done } = useActing();
  const { name, office } = useSigner();
  if (!sitting || text.initials[sitting.seat] || !may("TextInitialled", audience)) return null;
  return (
    <>
      <p className="small">{t("end.initial.what")}</p>
      <Learns done={done} lesson={{ given: t(`audience.${audience}`) }} />
      <Button
        className="button primary"
        isDisabled={busy}
        onPress={() => void act({ kind: "TextInitialled", audience, body: { draft: text.id, name, office } })}
      >
        {t("end.initial.do")}
      </Button>
      <Refused why={refusal} />
    </>
  );
}

export function Sign({ view: { text, audience } }: { view: TextView }): ReactElement | null {
  const t = useWords();
  const { sitting } = useSnapshot();
  const may = useMay(text);
  const { act, busy, refusal, done } = useActing();
  const signer = useSigner();
  const [name, setName] = useState(signer.name);
  const [office, setOffice] = useState(signer.office);
  const [place, setPlace] = useState("");
  const [capacity, setCapacity] = useState<TextSignature["capacity"]>("foreignMinister");
  const [powers, setPowers] = useState("");
  if (!sitting || text.signatures[sitting.seat] || !may("TextSigned", audience)) return null;
  const needs = capacity === "fullPowers";
  const fields = [
    ["end.name", name, setName],
    ["end.place", place, setPlace],
    ["end.office", office, setOffice],
  ] as const;
  return (
    <>
      <div className="pair">
        {fields.map(([label, value, change]) => (
          <Field
            className={label === "end.office" ? "field whole" : "field"}
            key={label}
            label={t(label)}
            onChange={change}
            value={value}
          />
        ))}
        <Choose
          choices={capacities.map((id) => ({ id, name: t(`end.capacity.${id}`) }))}
          label={t("end.capacity")}
          onChoose={(id) => setCapacity(capacities.find((one) => one === id) ?? "foreignMinister")}
          value={capacity}
        />
        {needs ? <Field label={t("end.fullPowers")} onChange={setPowers} value={powers} /> : null}
      </div>
      {needs ? null : <p className="small quiet">{t("end.fullPowers.what")}</p>}
      <Learns done={done} lesson={{ given: t(`audience.${audience}`) }} />
      <ActButton
        busy={busy}
        label={t("end.sign.do")}
        needs={[
          ...fields.map(([label, value]) => [t(label), value] as const),
          [t("end.fullPowers"), !needs || powers],
        ]}
        onPress={() =>
          void act({
            kind: "TextSigned",
            audience,
            body: {
              draft: text.id,
              name: name.trim(),
              office: office.trim(),
              capacity,
              place: place.trim(),
              ...(needs ? { fullPowers: powers.trim() } : {}),
            },
          })
        }
      />
      <Refused why={refusal} />
    </>
  );
}
