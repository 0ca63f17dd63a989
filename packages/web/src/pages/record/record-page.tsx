/** What happened, who knows, and is it intact? */
import type { SeatId } from "@parley/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactElement, useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { useAbout } from "../../frame/about.ts";
import { PartyName } from "../../frame/party.tsx";
import { useSentence } from "../../frame/sentence.ts";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { Seen } from "../../source/case-source.ts";
import { fileName, save } from "../../source/saving.ts";
import { type Given, useGiven } from "../../source/view.ts";
import { Keeper } from "./keeper.tsx";
import { atTableSeats, seatsThatSaw } from "./seen.ts";
import "./record.css";

/** Entries shown at first; the rest on request, so that a long record opens at once. */
const pageLength = 100;

/** Cosignatures of others come at most once a minute. */
const seenAgainMs = 30_000;

export function RecordPage(): ReactElement {
  const t = useWords();
  const source = useCase();
  const { head } = useSnapshot();
  const given = useGiven();
  const about = useAbout();
  const seen = useQuery({
    queryKey: ["seen", source.id, head.size],
    queryFn: () => source.seen(),
    refetchInterval: seenAgainMs,
    placeholderData: (before) => before,
  });
  const [shown, setShown] = useState(pageLength);
  return (
    <div className="page record">
      <header className="page-head">
        <h1>{t("nav.record")}</h1>
        <Export />
      </header>
      <Verification given={given.length} />
      <Keeper />
      <ol className="list entries">
        {given
          .slice(-shown)
          .reverse()
          .map(({ entry, seq }) => (
            <EntryRow about={about(entry.event)} entry={entry} key={seq} seen={seen.data ?? []} seq={seq} />
          ))}
      </ol>
      {shown < given.length ? (
        <Button className="button" onPress={() => setShown(shown + pageLength)}>
          {t("record.more", { count: given.length - shown })}
        </Button>
      ) : null}
    </div>
  );
}

function EntryRow({
  entry,
  seq,
  about,
  seen,
}: Given & { about: string | undefined; seen: readonly Seen[] }): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const looks = useLooks();
  const { people } = useSnapshot().state;
  const { event, at } = entry;
  const device = people.devices[event.author];
  const member = device && people.members[device.member];
  const look = member && looks.get(member.seat);
  const sentence = useSentence(event);
  return (
    <li>
      <span aria-hidden="true" className="seq quiet small">
        {seq}
      </span>
      <div>
        <p>
          {sentence} {about ? <bdi className="quiet">{about}</bdi> : null}
        </p>
        <p className="row small quiet">
          {look ? <PartyName look={look} /> : null}
          {member ? <span>{member.name}</span> : null}
          <time dateTime={at}>{minute(at)}</time>
          <span>
            {t("record.given", { who: event.audience === "circle" ? "" : t(`audience.${event.audience}`) })}
          </span>
          <SeenBy author={member?.seat} seen={seen} seq={seq} />
        </p>
      </div>
    </li>
  );
}

/** Recorded; seen by those who cosigned a head with it; seen by all. Alone there is nobody else to see it. */
function SeenBy({
  seq,
  seen,
  author,
}: {
  seq: number;
  seen: readonly Seen[];
  author: SeatId | undefined;
}): ReactElement | null {
  const t = useWords();
  const { kept } = useCase();
  const looks = useLooks();
  const { people } = useSnapshot().state;
  const saw = useMemo(() => seatsThatSaw(seen, people, seq), [seen, people, seq]);
  if (kept !== "server") return null;
  const others = atTableSeats(people).filter(({ id }) => id !== author);
  const who = others.filter(({ id }) => saw.has(id));
  if (who.length === 0) return <span>{t("record.recorded")}</span>;
  if (who.length === others.length) return <span>{t("record.seen.all")}</span>;
  return (
    <span>
      {t("record.seen", {
        who: who.map(({ id, name }) => looks.get(id)?.name ?? name).join(t("said.comma")),
      })}
    </span>
  );
}

/** Everything again from the first entry, in this browser; a mismatch is the one thing that is loud here. */
function Verification({ given }: { given: number }): ReactElement {
  const t = useWords();
  const source = useCase();
  const { head } = useSnapshot();
  const verify = useMutation({ mutationFn: () => source.verify() });
  const verdict = verify.data;
  return (
    <section
      className="verification"
      data-verdict={verdict === undefined ? undefined : String(verdict.valid)}
    >
      <div>
        <p className="small quiet">
          {t(given < head.size ? "record.head.part" : "record.head", { count: head.size, given })}
        </p>
        <p className="mono">
          <bdi dir="ltr">{head.root}</bdi>
        </p>
        <p className="small quiet">{t("record.head.what")}</p>
      </div>
      <div className="acts">
        <Button className="button" isDisabled={verify.isPending} onPress={() => verify.mutate()}>
          {verify.isPending ? t("record.verifying") : t("record.verify")}
        </Button>
      </div>
      <p className="answer" role="status">
        {verdict?.valid === true
          ? [
              t(verdict.remembered ? "record.valid" : "record.valid.itself", { count: verdict.entries }),
              ...(verdict.apart > 0 ? [t("record.valid.apart", { count: verdict.apart })] : []),
              ...(verdict.cosignatures > 0 ? [t("record.cosigned", { count: verdict.cosignatures })] : []),
            ].reduce((before, after) => t("said.then", { before, after }))
          : t("record.what")}
      </p>
      {verify.error ? (
        <p className="fault" role="alert">
          {t("record.unverified")}
        </p>
      ) : null}
    </section>
  );
}

function Export(): ReactElement {
  const t = useWords();
  const source = useCase();
  const { title } = useSnapshot().state.people;
  return (
    <Button
      className="button"
      onPress={() => void source.exportFile().then((file) => save(file, fileName(title, "parley")))}
    >
      {t("record.export")}
    </Button>
  );
}
