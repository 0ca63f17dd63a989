/** What a lever is tied to, whether that has come, and what its owner has still to do: relief for compliance in one line. */
import {
  itemOf,
  type Lever,
  type LeverLink,
  leverStatus,
  linkIsDue,
  type Room,
  type Text,
} from "@parley/core";
import type { ReactElement } from "react";
import { useWords } from "../../messages/words.ts";
import type { Placed } from "../../source/beside.ts";
import { useNames } from "../../source/names.ts";

export function LeverLinks({
  placed: { item, room },
  now,
  only,
}: {
  placed: Placed<Lever>;
  now: string;
  /** Only what is tied to this measure; the lever is then named. */
  only?: string;
}): ReactElement | null {
  const t = useWords();
  const links = item.links.filter(({ measure }) => only === undefined || measure === only);
  const status = leverStatus(item);
  if (links.length === 0) return <p className="quiet small">{t("lever.untied")}</p>;
  return (
    <ul className="list lever-links">
      {links.map((link) => {
        const due = linkIsDue(room, link, now);
        const outstanding = due && link.becomes !== status;
        return (
          <li
            data-outstanding={outstanding || undefined}
            key={`${link.measure} ${link.upon} ${link.becomes}`}
          >
            {only === undefined ? null : (
              <b>
                <bdi>{item.title}</bdi>{" "}
              </b>
            )}
            <Upon link={link} room={room} /> <span aria-hidden="true" className="onward" />{" "}
            <b>{t(`lever.status.${link.becomes}`)}</b>{" "}
            <span className="small quiet">
              {t(outstanding ? "lever.outstanding" : due ? "lever.done" : "lever.waits")}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Upon({ link, room }: { link: LeverLink; room: Room }): ReactElement {
  const t = useWords();
  const measure = link.measure === undefined ? undefined : itemOf(room.measures, link.measure);
  if (measure) return <span>{t(`lever.upon.${link.upon}`, { what: measure.title })}</span>;
  const text = link.bracket && itemOf(room.texts, link.bracket.draft);
  return text && link.bracket ? <UponBracket bracket={link.bracket} text={text} /> : <span />;
}

function UponBracket({
  text,
  bracket,
}: {
  text: Text;
  bracket: NonNullable<LeverLink["bracket"]>;
}): ReactElement {
  const t = useWords();
  const names = useNames(text.draft);
  const what = t("said.of", {
    what: names.bracket(bracket.bracket),
    words: names.option(bracket.bracket, bracket.option),
  });
  return <span>{t("lever.upon.agreed", { what })}</span>;
}
