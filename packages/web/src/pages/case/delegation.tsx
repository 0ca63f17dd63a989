/** The people of one's own delegation, by its head: who has which role, who is removed, which invitations are taken back. */
import { type Invitation, type Member, type MemberRole, membersOf, type Seat } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { type Acting, useActing } from "../../source/acting.ts";
import { useSnapshot } from "../../source/case-context.tsx";
import type { Act } from "../../source/case-source.ts";
import { useView } from "../../source/view.ts";
import { linesOf, PeopleField, peopleOf } from "../contacts/participants.tsx";
import { OfOwnSeat } from "./of-own-seat.tsx";

const roles: readonly MemberRole[] = ["head", "deputy", "adviser", "interpreter", "watchOfficer"];

export function Delegation({ seat }: { seat: Seat }): ReactElement {
  const t = useWords();
  return (
    <OfOwnSeat kind="RoleGiven" seat={seat} title={t("delegation.title")} what={t("delegation.what")}>
      <People seat={seat} />
      <Listed seat={seat} />
    </OfOwnSeat>
  );
}

function People({ seat }: { seat: Seat }): ReactElement {
  const t = useWords();
  const { people } = useSnapshot().state;
  const acting = useActing();
  const others = membersOf(people, seat.id).filter(({ role }) => role !== "head");
  const invitations = Object.entries(people.invitations).filter(
    ([, { by, status }]) => by === seat.id && status === "open",
  );
  return (
    <>
      {others.length === 0 ? <p className="quiet">{t("delegation.alone")}</p> : null}
      <ul className="list stack-narrow">
        {others.map((member) => (
          <OneMember acting={acting} key={member.id} member={member} />
        ))}
      </ul>
      {invitations.length > 0 ? (
        <>
          <h3>{t("delegation.invitations")}</h3>
          <ul className="list stack-narrow">
            {invitations.map(([key, invitation]) => (
              <OneInvitation acting={acting} invitation={invitation} inviteKey={key} key={key} />
            ))}
          </ul>
        </>
      ) : null}
      <Learns done={acting.done} lesson={{ given: t("audience.public"), infer: t("delegation.infer") }} />
      <Refused why={acting.refusal} />
    </>
  );
}

/** Who the delegation is as the others read it: people with an office, whether or not they work here. */
function Listed({ seat }: { seat: Seat }): ReactElement {
  const t = useWords();
  const listed = useView().rooms.public.delegations[seat.id]?.people ?? [];
  const { act, busy, refusal, done } = useActing();
  const [words, setWords] = useState(linesOf(listed));
  const list = () => act({ kind: "DelegationListed", body: { people: peopleOf(words, seat.id) } });
  return (
    <section className="stack-narrow">
      <h3>{t("delegation.list")}</h3>
      <SentForm className="stack-narrow" onSend={list}>
        <PeopleField onChange={setWords} value={words} />
        <Learns done={done} lesson={{ given: t("audience.public") }} />
        <Refused why={refusal} />
        <div className="acts">
          <Button className="button small" isDisabled={busy} type="submit">
            {t("delegation.list.do")}
          </Button>
        </div>
      </SentForm>
    </section>
  );
}

/** What cannot be taken back by the same hand is asked once more: a removal, and handing over one's own role. */
function OneMember({ member, acting }: { member: Member; acting: Acting }): ReactElement {
  const t = useWords();
  const [asked, setAsked] = useState<Pick<Act, "kind" | "body">>();
  const { id, name, office, role } = member;
  const { act, busy } = acting;
  const give = (next: string) => {
    const given = { kind: "RoleGiven", body: { member: id, role: next } } as const;
    if (next === "head") setAsked(given);
    else if (next !== role) void act(given);
  };
  return (
    <li className="stack-narrow">
      <div className="one-member">
        <span>
          {name}
          {office === name ? null : <span className="quiet">, {office}</span>}
        </span>
        <Choose
          choices={roles.map((one) => ({ id: one, name: t(`role.${one}`) }))}
          label={t("delegation.role", { who: name })}
          named={false}
          onChoose={give}
          value={role}
        />
        <Button
          aria-label={t("said.of", { what: t("act.remove"), words: name })}
          className="button small"
          isDisabled={busy}
          onPress={() => setAsked({ kind: "MemberRemoved", body: { member: id } })}
        >
          {t("act.remove")}
        </Button>
      </div>
      {asked ? (
        <div className="row" role="alert">
          <span>
            {t(asked.kind === "MemberRemoved" ? "delegation.remove.ask" : "delegation.hand.ask", {
              who: name,
            })}
          </span>
          <Button className="button danger small" isDisabled={busy} onPress={() => void act(asked)}>
            {t(asked.kind === "MemberRemoved" ? "act.remove" : "delegation.hand")}
          </Button>
          <Button className="button plain small" onPress={() => setAsked(undefined)}>
            {t("act.cancel")}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

function OneInvitation({
  invitation: { seat, role, until },
  inviteKey,
  acting: { act, busy },
}: {
  invitation: Invitation;
  inviteKey: string;
  acting: Acting;
}): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const { people } = useSnapshot().state;
  const what = t("delegation.invitation", {
    who: people.seats[seat]?.name ?? seat,
    role: t(`role.${role}`),
    when: minute(until),
  });
  return (
    <li className="row">
      <span>{what}</span>
      <Button
        aria-label={t("said.of", { what: t("delegation.withdraw"), words: what })}
        className="button small"
        isDisabled={busy}
        onPress={() => void act({ kind: "InvitationWithdrawn", body: { inviteKey } })}
      >
        {t("delegation.withdraw")}
      </Button>
    </li>
  );
}
