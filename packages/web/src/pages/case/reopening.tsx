/**
 * A party that lost every device can sign nothing any more. The others say so, each for itself; fourteen days of its silence
 * after the last of them open its seat to the new head (`core`, seats).
 */
import { isReopened, type Reopening, reopeningMs, type Seat, supportersNeeded } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { CopyLine } from "../../frame/copy-line.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useNow } from "../../source/beside.ts";
import { useCase, useSeatNames, useSnapshot } from "../../source/case-context.tsx";
import { type NewInvitation, reopen } from "../../source/invitation.ts";
import type { No } from "../../source/no.ts";

/** Below the seats: that one of them is lost is said rarely, and of any party. */
export function LostDevices(): ReactElement | null {
  const t = useWords();
  const { kept } = useCase();
  const { state, sitting } = useSnapshot();
  const may = useMay();
  const [chosen, setChosen] = useState<string>();
  if (kept !== "server" || !may("SeatReopenSupported", "public")) return null;
  const others = Object.values(state.people.seats).filter(({ id, taken }) => taken && id !== sitting?.seat);
  const seat = others.find(({ id }) => id === chosen);
  return (
    <details className="set-up">
      <summary>{t("reopen.title")}</summary>
      <div className="stack-narrow">
        <p className="small">{t("reopen.what")}</p>
        <Choose
          choices={others.map(({ id, name }) => ({ id, name }))}
          label={t("reopen.which")}
          onChoose={setChosen}
          value={chosen}
        />
        {seat ? <Support key={seat.id} seat={seat} /> : null}
      </div>
    </details>
  );
}

function Support({ seat }: { seat: Seat }): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const source = useCase();
  const { sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const [last, setLast] = useState<NewInvitation>();
  const [refused, setRefused] = useState<No>();
  const { reopening } = seat;
  // A word of the party, or another link, ends what this one was for.
  const made = reopening?.inviteKey === last?.inviteKey ? last : undefined;
  const said = reopening?.supporters.some((one) => one === sitting?.seat) ?? false;
  const begin = async () => {
    const outcome = await reopen(source, seat.id);
    if ("code" in outcome) setRefused(outcome);
    else setLast(outcome);
  };
  const same = ({ inviteKey, until }: Reopening) =>
    act({ kind: "SeatReopenSupported", body: { seat: seat.id, inviteKey, until } });
  return (
    <>
      {made ? (
        <>
          <CopyLine autoFocus label={t("invite.link")} line={made.link} />
          <p className="small">{t("reopen.link.what", { who: seat.name, when: minute(made.until) })}</p>
        </>
      ) : null}
      <Learns
        done={made !== undefined}
        lesson={{ given: t("audience.public"), infer: t("reopen.infer", { who: seat.name }) }}
      />
      <div className="acts">
        {reopening && !said ? (
          <Button className="button small" isDisabled={busy} onPress={() => void same(reopening)}>
            {t("reopen.support")}
          </Button>
        ) : null}
        {made ? null : (
          <Button className="button small" onPress={() => void begin()}>
            {t(reopening ? "reopen.again" : "reopen.make")}
          </Button>
        )}
      </div>
      <Refused why={refusal ?? refused} />
    </>
  );
}

/** Under a seat: who says that it is lost, when it opens, and for the party itself the word that ends it. */
export function ReopeningState({ seat }: { seat: Seat }): ReactElement | null {
  const t = useWords();
  const { sitting } = useSnapshot();
  const may = useMay();
  const { act, busy, refusal } = useActing();
  if (!seat.reopening) return null;
  const ours = seat.id === sitting?.seat && may("SeatHeld", "public");
  return (
    <div className="stack-narrow">
      <Said seat={seat} />
      {ours ? (
        <>
          <p className="small">{t("reopen.ours")}</p>
          <Learns lesson={{ given: t("audience.public"), infer: t("reopen.here.infer") }} />
          <div className="acts">
            <Button
              className="button small"
              isDisabled={busy}
              onPress={() => void act({ kind: "SeatHeld", body: {} })}
            >
              {t("reopen.here")}
            </Button>
          </div>
        </>
      ) : null}
      <Refused why={refusal} />
    </div>
  );
}

function Said({ seat }: { seat: Seat }): ReactElement | null {
  const t = useWords();
  const { minute } = useMoments();
  const names = useSeatNames();
  const { people } = useSnapshot().state;
  const now = useNow();
  const { reopening } = seat;
  if (!reopening) return null;
  const { since, until, supporters } = reopening;
  const missing = supportersNeeded(people, seat.id).filter((one) => !supporters.includes(one));
  if (since === undefined) {
    return <p className="small">{t("reopen.waits", { who: names(supporters), missing: names(missing) })}</p>;
  }
  const opens = new Date(Date.parse(since) + reopeningMs).toISOString();
  return (
    <p className="small">
      {isReopened(seat, now)
        ? t("reopen.open", { when: minute(until) })
        : t("reopen.opens", { when: minute(opens) })}
    </p>
  );
}
