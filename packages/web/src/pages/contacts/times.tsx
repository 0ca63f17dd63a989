/** When a contact is: in UTC, then as each side's clocks show it, so that nobody comes an hour late in the spring. */
import type { Appointment } from "@parley/core";
import type { ReactElement } from "react";
import { useIntl } from "react-intl";
import { PartyCode } from "../../frame/party.tsx";
import { useLooks } from "../../source/case-context.tsx";

export function Times({ appointment }: { appointment: Appointment }): ReactElement {
  const intl = useIntl();
  const looks = useLooks();
  const { begins, ends, zones = {} } = appointment;
  const range = (timeZone: string) =>
    intl.formatDateTimeRange(new Date(begins), new Date(ends), {
      day: "numeric",
      month: "long",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZone,
      timeZoneName: "short",
    });
  return (
    <div className="times">
      <p>
        <time dateTime={begins}>{range("UTC")}</time>
      </p>
      {Object.entries(zones).map(([seat, zone]) => {
        const look = looks.get(seat);
        return look && isZone(zone) ? (
          <p className="row small quiet" key={seat}>
            <PartyCode look={look} />
            <span>{range(zone)}</span>
          </p>
        ) : null;
      })}
    </div>
  );
}

/** What another side wrote as its time zone may be none that this browser knows. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
