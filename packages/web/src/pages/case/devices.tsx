/** The devices of one's own delegation: its member revokes a lost one, or the head does. */
import type { Device, Seat } from "@parley/core";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing } from "../../source/acting.ts";
import { useSnapshot } from "../../source/case-context.tsx";
import { OfOwnSeat } from "./of-own-seat.tsx";

export function Devices({ seat }: { seat: Seat }): ReactElement {
  const t = useWords();
  return (
    <OfOwnSeat kind="DeviceRevoked" seat={seat} title={t("devices.title")} what={t("devices.what")}>
      <List />
    </OfOwnSeat>
  );
}

function List(): ReactElement {
  const t = useWords();
  const { state, sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const { people } = state;
  const memberOf = ({ member }: Device) => people.members[member];
  const heads = sitting && people.members[sitting.member]?.role === "head";
  const mine = Object.values(people.devices).filter((device) => {
    const member = memberOf(device);
    const ours = member?.present && member.seat === sitting?.seat;
    return !device.revoked && ours && (heads || member.id === sitting?.member);
  });
  return (
    <>
      <ul className="list stack-narrow">
        {mine.map((device) => {
          const what =
            device.id === sitting?.device
              ? t("devices.this")
              : t(device.recovery ? "devices.kit" : "devices.other");
          const name = memberOf(device)?.name ?? "";
          return (
            <li className="row" key={device.id}>
              <span>{name}</span>
              <span className="small quiet">{what}</span>
              <bdi className="mono small" dir="ltr">
                {device.id.slice(0, 8)}
              </bdi>
              {device.id === sitting?.device ? null : (
                <Button
                  aria-label={t("said.of", {
                    what: t("devices.revoke"),
                    words: [name, what, device.id.slice(0, 8)].join(t("said.comma")),
                  })}
                  className="button small"
                  isDisabled={busy}
                  onPress={() => void act({ kind: "DeviceRevoked", body: { device: device.id } })}
                >
                  {t("devices.revoke")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <Learns lesson={{ given: t("audience.public") }} />
      <Refused why={refusal} />
    </>
  );
}
