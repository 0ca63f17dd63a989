/** The newest entries of the record, in words. */
import type { Entry } from "@parley/ledger";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useAbout } from "../../frame/about.ts";
import { PartyCode } from "../../frame/party.tsx";
import { useSentence } from "../../frame/sentence.ts";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useGiven } from "../../source/view.ts";

const latest = 5;

export function Lately(): ReactElement {
  const t = useWords();
  const source = useCase();
  return (
    <section>
      <h2>{t("case.lately")}</h2>
      <Newest count={latest} />
      <p className="small">
        <Link params={{ caseId: source.id }} to="/case/$caseId/record">
          {t("case.wholeRecord")}
        </Link>
      </p>
    </section>
  );
}

export function Newest({ count }: { count: number }): ReactElement {
  const newest = useGiven().slice(-count);
  const about = useAbout();
  return (
    <ol className="list lately">
      {newest.reverse().map(({ entry, seq }) => (
        <Happened about={about(entry.event)} entry={entry} key={seq} />
      ))}
    </ol>
  );
}

function Happened({ entry, about }: { entry: Entry; about: string | undefined }): ReactElement {
  const { minute } = useMoments();
  const looks = useLooks();
  const { people } = useSnapshot().state;
  const member = people.members[people.devices[entry.event.author]?.member ?? ""];
  const look = member && looks.get(member.seat);
  const sentence = useSentence(entry.event);
  return (
    <li>
      {look ? <PartyCode look={look} /> : null}
      <span>
        {sentence} {about ? <bdi className="quiet">{about}</bdi> : null}
      </span>
      <time className="quiet small" dateTime={entry.at}>
        {minute(entry.at)}
      </time>
    </li>
  );
}
