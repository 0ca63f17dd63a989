/** The formats of a case, each in full, so that whoever accepts one has read its fields, codes, clocks and next step. */
import type { Format, FormatField, RoomName } from "@parley/core";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { PartyCode } from "../../frame/party.tsx";
import { type Locale, localeNames } from "../../messages/locales.ts";
import { useWords } from "../../messages/words.ts";
import type { Placed } from "../../source/beside.ts";
import { useLooks } from "../../source/case-context.tsx";
import { useDeskWords } from "./words.ts";

export function FormatList({
  formats,
  mayAccept,
  onAccept,
}: {
  formats: readonly Placed<Format>[];
  mayAccept: (format: Placed<Format>) => boolean;
  onAccept: (id: string, audience: RoomName) => void;
}): ReactElement {
  const t = useWords();
  if (formats.length === 0) return <p className="quiet">{t("desk.formats.none")}</p>;
  return (
    <section className="stack-narrow">
      <h3>{t("desk.formats")}</h3>
      <ul className="list format-list">
        {formats.map((placed) => (
          <li key={placed.item.id}>
            <details>
              <summary>
                <b>{placed.item.code}</b> {t(`desk.purpose.${placed.item.purpose}`)}{" "}
                <Standing format={placed.item} />
              </summary>
              <InFull format={placed.item} />
              {mayAccept(placed) ? (
                <Button className="button small" onPress={() => onAccept(placed.item.id, placed.audience)}>
                  {t("desk.formats.accept", { count: 1 })}
                </Button>
              ) : null}
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** In force, or by whom it is accepted so far. */
function Standing({ format }: { format: Format }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  return (
    <span className="small quiet">
      {t(format.inForce ? "desk.format.inForce" : "desk.format.open")}{" "}
      {format.acceptedBy.map((seat) => {
        const look = looks.get(seat);
        return look ? <PartyCode key={seat} look={look} /> : null;
      })}
    </span>
  );
}

const clocks = [
  ["receive", "desk.delivery.received"],
  ["acknowledge", "desk.delivery.acknowledged"],
  ["reply", "desk.delivery.replied"],
  ["meet", "desk.clock.meet"],
] as const;

function InFull({ format }: { format: Format }): ReactElement {
  const t = useWords();
  const { span } = useDeskWords();
  const spans = clocks.flatMap(([clock, name]) => {
    const minutes = format.clocks[clock];
    return minutes === undefined
      ? []
      : [{ clock, words: t("said.of", { what: t(name), words: span(minutes * 60_000) }) }];
  });
  return (
    <div className="small stack-narrow in-full">
      <dl className="fields">
        {format.fields.map((field) => (
          <FieldInFull field={field} format={format} key={field.field} />
        ))}
      </dl>
      <p>
        <b>{t("desk.format.languages")}</b>{" "}
        {format.languages.map((one) => localeNames[one as Locale] ?? one).join(t("said.comma"))}
      </p>
      <ul className="list">
        {spans.map(({ clock, words }) => (
          <li key={clock}>{words}</li>
        ))}
      </ul>
      <p>
        <b>{t("desk.next")}</b> <bdi>{format.next}</bdi>
      </p>
    </div>
  );
}

function FieldInFull({ format, field }: { format: Format; field: FormatField }): ReactElement {
  const t = useWords();
  const { label, value } = useDeskWords();
  const kind = t(`desk.format.type.${field.type}`);
  return (
    <div>
      <dt>
        <bdi>{label(format, field.field)}</bdi>
      </dt>
      <dd>
        {field.required ? t("said.beside", { what: kind, beside: t("desk.format.required") }) : kind}
        {field.codes ? (
          <ul className="list codes">
            {Object.keys(field.codes).map((code) => (
              <li key={code}>
                <bdi>{value(format, field.field, code)}</bdi>
              </li>
            ))}
          </ul>
        ) : null}
      </dd>
    </div>
  );
}
