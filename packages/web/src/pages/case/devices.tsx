/** The devices of one's own delegation: its member revokes a lost one, or the head does. */
import type { Device, Seat } from "@parley/core";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { Over } from "../../frame/over.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useCase, useSnapshot } from "../../source/case-context.tsx";

export function Devices({ seat }: { seat: Seat }): ReactElement | null {
  const t = useWords();
  const { kept } = useCase();
  const { sitting } = useSnapshot();
  const may = useMay();
  // Alone every key is in this one browser.
  if (kept !== "server" || seat.id !== sitting?.seat || !may("DeviceRevoked", "public")) return null;
  return (
    <Over label={t("devices.title")} title={t("devices.title")}>
      {(close) => (
        <>
          <p className="small">{t("devices.what")}</p>
          <List />
          <footer>
            <Button className="button" onPress={close}>
              {t("act.close")}
            </Button>
          </footer>
        </>
      )}
    </Over>
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
              <span className="mono small">{device.id.slice(0, 8)}</span>
              {device.id === sitting?.device ? null : (
                <Button
                  aria-label={`${t("devices.revoke")}: ${name}, ${what}, ${device.id.slice(0, 8)}`}
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
