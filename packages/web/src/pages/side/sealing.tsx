/** From this window's memory into our own circle, sealed; and, if we want, the points to whoever we let read them. */
import { preferencesOf, readPreferences, type SeatId, type Valuation, valuationOf } from "@parley/core";
import type { Json } from "@parley/ledger";
import { ProblemError } from "@parley/solver";
import { type ReactElement, useState } from "react";
import { Button, FileTrigger, Switch } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useMay } from "../../source/acting.ts";
import { useCase, useSeatNames, useSnapshot } from "../../source/case-context.tsx";
import type { CaseSource } from "../../source/case-source.ts";
import { openCircle } from "../../source/circles.ts";
import { exerciseScores } from "../../source/exercise-scores.ts";
import { type No, saysNo } from "../../source/no.ts";
import { Agreed } from "./agreed.tsx";
import { knownOf } from "./known.ts";
import type { Side } from "./side.ts";

export function Sealing({ side }: { side: Side }): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const source = useCase();
  const { state, sitting } = useSnapshot();
  const { ours, of } = side;
  const [refusal, setRefusal] = useState<No>();
  const [done, setDone] = useState(false);
  const [busy, setBusy] = useState(false);
  const seat = sitting?.seat;
  const own = of === seat;
  const seals = useMay()("PreferencesSealed", "circle");
  const readers = own ? (state.people.readers[of] ?? []) : [];
  const canShare =
    readers.length > 0 && knownOf(ours.valuation, side.tree, side.whole).walkAway !== undefined;
  const [share, setShare] = useState(false);
  const who = useSeatNames()(readers);
  const shared = share && canShare;
  const sealedLast = ours.sealed
    ? t("seal.status.sealed", {
        when: minute(ours.sealed.at),
        who: state.people.members[ours.sealed.by]?.name ?? "",
      })
    : "";
  // What is sealed already can be let read later, as it is.
  const seal = async (anew: boolean) => {
    if (!seat) return;
    setBusy(true);
    let no = anew ? await sealOwn(source, seat, side) : undefined;
    for (const reader of shared ? readers : []) no ??= await sealFor(source, seat, reader, side);
    setBusy(false);
    setRefusal(no);
    setDone(!no);
    if (!no) ours.forget();
  };
  return (
    <div className="sealing">
      <p className="small">
        {ours.changed ? <strong>{t("seal.status.memory")}</strong> : sealedLast || t("seal.status.none")}
      </p>
      {ours.overtaken ? (
        <p className="small" role="status">
          {t("seal.overtaken", { what: sealedLast })}
        </p>
      ) : null}
      {own ? <Agreed busy={busy} onAgree={() => void seal(true)} side={side} /> : null}
      {ours.fault ? <p className="fault">{ours.fault}</p> : null}
      {readers.length > 0 && seals ? (
        <Switch
          className="switch small"
          isDisabled={!canShare}
          isSelected={share && canShare}
          onChange={(on) => {
            setShare(on);
            setDone(false);
          }}
        >
          <span className="track" />
          {t("seal.share", { who })}
        </Switch>
      ) : null}
      <div className="acts">
        {seals ? (
          <Button
            className="button primary small"
            isDisabled={busy || !(ours.changed || (shared && !done))}
            onPress={() => void seal(ours.changed)}
          >
            {t("seal.do")}
          </Button>
        ) : null}
        {ours.changed ? (
          <Button className="button small" onPress={ours.forget}>
            {t("seal.forget")}
          </Button>
        ) : null}
        <Loading onFault={setRefusal} side={side} />
      </div>
      <Refused why={refusal} />
      {seals ? (
        <Learns
          done={done && !ours.changed}
          lesson={{
            given: shared ? t("seal.given.shared", { who }) : t("seal.given"),
            read: shared ? t("seal.read.shared", { who }) : t("seal.read"),
            infer: t("seal.infer"),
          }}
        />
      ) : (
        <p className="small">{t("seal.others")}</p>
      )}
    </div>
  );
}

/** The exercise's scores, or a file of one's own. Both stay in memory until they are sealed. */
function Loading({ side, onFault }: { side: Side; onFault: (why: No | undefined) => void }): ReactElement {
  const t = useWords();
  const { state } = useSnapshot();
  const { of, whole, ours } = side;
  const take = (json: string) => {
    try {
      const read = readPreferences(json, whole);
      if (read.party !== of) throw new ProblemError("unknown-id", "party", `this file is of "${read.party}"`);
      ours.change(valuationOf(read));
      onFault(undefined);
    } catch (fault) {
      if (!(fault instanceof ProblemError)) throw fault;
      onFault(saysNo("bad-preferences", fault.message));
    }
  };
  const example = state.people.exercise ? exerciseScores(of) : undefined;
  return (
    <>
      {example ? (
        <Button className="button plain small" onPress={() => void example().then(take)}>
          {t("seal.load")}
        </Button>
      ) : null}
      <FileTrigger acceptedFileTypes={[".json"]} onSelect={(files) => void files?.[0]?.text().then(take)}>
        <Button className="button plain small">{t("seal.file")}</Button>
      </FileTrigger>
    </>
  );
}

function bodyOf({ of, view }: Side, provenance: "stated" | "imputed") {
  return { of, draft: view.text.id, revision: view.text.revision, provenance };
}

async function sealOwn(source: CaseSource, seat: SeatId, side: Side): Promise<No | undefined> {
  const log = await openCircle(source, [seat]);
  if (typeof log !== "string") return log;
  const value = side.ours.valuation satisfies Valuation as unknown as Json;
  return source.append({
    kind: "PreferencesSealed",
    log,
    body: bodyOf(side, side.of === seat ? "stated" : "imputed"),
    seal: { purpose: "preferences", value, seats: [seat] },
  });
}

/** Points, red lines, linkages and the walk-away value; no reason, no reply, no word of an instruction. */
async function sealFor(
  source: CaseSource,
  seat: SeatId,
  reader: SeatId,
  side: Side,
): Promise<No | undefined> {
  const { walkAway } = knownOf(side.ours.valuation, side.tree, side.whole);
  if (walkAway === undefined) return undefined;
  const log = await openCircle(source, [seat, reader]);
  if (typeof log !== "string") return log;
  const { reasons: _, ...preferences } = preferencesOf(side.ours.valuation, side.whole, walkAway);
  const value = { format: "parley-preferences/1", ...preferences } as unknown as Json;
  return source.append({
    kind: "PreferencesSealed",
    log,
    body: bodyOf(side, "stated"),
    seal: { purpose: "preferences", value, seats: [seat, reader] },
  });
}
