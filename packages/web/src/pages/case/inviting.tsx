/** Inviting: the convener to a seat that nobody took yet, a head into its own delegation. */

import type { MemberRole, Seat } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { CopyLine } from "../../frame/copy-line.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Over, OverFoot } from "../../frame/over.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useMay } from "../../source/acting.ts";
import { useCase, useSnapshot } from "../../source/case-context.tsx";
import { invite, type NewInvitation } from "../../source/invitation.ts";
import type { No } from "../../source/no.ts";

const roles: readonly MemberRole[] = ["deputy", "adviser", "interpreter", "watchOfficer"];

export function Inviting({ seat }: { seat: Seat }): ReactElement | null {
  const t = useWords();
  const { kept } = useCase();
  const { sitting } = useSnapshot();
  const may = useMay();
  // Alone there is nobody to invite: the record is in this browser.
  if (kept !== "server" || seat.kind === "recorder") return null;
  const toSeat = !seat.taken && seat.standing && may("PartyInvited", "public");
  const toUs = seat.taken && seat.id === sitting?.seat && may("MemberInvited", "public");
  if (!toSeat && !toUs) return null;
  const label = t(toSeat ? "invite.party" : "invite.member");
  return (
    <Over label={label} title={t("said.of", { what: label, words: seat.name })}>
      {(close) => <Invite close={close} seat={seat} toSeat={toSeat} />}
    </Over>
  );
}

function Invite({ seat, toSeat, close }: { seat: Seat; toSeat: boolean; close: () => void }): ReactElement {
  const t = useWords();
  const source = useCase();
  const [role, setRole] = useState<MemberRole>("adviser");
  const [made, setMade] = useState<NewInvitation>();
  const [refusal, setRefusal] = useState<No>();
  const make = async () => {
    const outcome = await invite(source, toSeat ? { seat: seat.id } : { role });
    if ("code" in outcome) setRefusal(outcome);
    else setMade(outcome);
  };
  return (
    <>
      {made ? (
        <TheLink made={made} />
      ) : (
        <>
          {toSeat ? null : (
            <Choose
              label={t("invite.role")}
              onChoose={(next) => setRole(roles.find((one) => one === next) ?? role)}
              choices={roles.map((id) => ({ id, name: t(`role.${id}`) }))}
              value={role}
            />
          )}
          <Learns lesson={{ given: t("audience.public"), infer: t("invite.infer") }} />
        </>
      )}
      <Refused why={refusal} />
      <OverFoot close={close} leave={made ? "act.close" : "act.cancel"}>
        {made ? null : (
          <Button className="button primary" onPress={() => void make()}>
            {t("invite.make")}
          </Button>
        )}
      </OverFoot>
    </>
  );
}

function TheLink({ made }: { made: NewInvitation }): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  return (
    <>
      <CopyLine autoFocus label={t("invite.link")} line={made.link} />
      <p className="small">{t("invite.link.what", { when: minute(made.until) })}</p>
    </>
  );
}
