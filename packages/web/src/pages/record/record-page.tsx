/** What happened, who knows, and is it intact? */
import type { Entry } from "@parley/ledger";
import { useMutation } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { PartyName } from "../../frame/party.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import { fileName, save } from "../../source/saving.ts";
import { useSentence } from "./sentence.ts";
import "./record.css";

/** Entries shown at first; the rest on request, so that a long record opens at once. */
const pageLength = 100;

export function RecordPage(): ReactElement {
  const t = useWords();
  const { entries, seqs } = useSnapshot();
  const [shown, setShown] = useState(pageLength);
  const newest = entries.map((entry, i) => ({ entry, seq: seqs[i] ?? i })).reverse();
  return (
    <div className="page record">
      <header className="page-head">
        <h1>{t("nav.record")}</h1>
        <Export />
      </header>
      <Verification />
      <ol className="list entries">
        {newest.slice(0, shown).map(({ entry, seq }) => (
          <EntryRow entry={entry} key={seq} seq={seq} />
        ))}
      </ol>
      {shown < entries.length ? (
        <Button className="button" onPress={() => setShown(shown + pageLength)}>
          {t("record.more", { count: entries.length - shown })}
        </Button>
      ) : null}
    </div>
  );
}

function EntryRow({ entry, seq }: { entry: Entry; seq: number }): ReactElement {
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
        <p>{sentence}</p>
        <p className="row small quiet">
          {look ? <PartyName look={look} /> : null}
          {member ? <span>{member.name}</span> : null}
          <time dateTime={at}>{minute(at)}</time>
          <span>
            {t("record.given", { who: event.audience === "circle" ? "" : t(`audience.${event.audience}`) })}
          </span>
        </p>
      </div>
    </li>
  );
}

/** Everything again from the first entry, in this browser; a mismatch is the one thing that is loud here. */
function Verification(): ReactElement {
  const t = useWords();
  const source = useCase();
  const { head, entries } = useSnapshot();
  const verify = useMutation({ mutationFn: () => source.verify() });
  const verdict = verify.data;
  return (
    <section
      className="verification"
      data-verdict={verdict === undefined ? undefined : String(verdict.valid)}
    >
      <div>
        <p className="small quiet">{t("record.head", { count: entries.length })}</p>
        <p className="mono">{head.root}</p>
      </div>
      <div className="acts">
        <Button className="button" isDisabled={verify.isPending} onPress={() => verify.mutate()}>
          {verify.isPending ? t("record.verifying") : t("record.verify")}
        </Button>
      </div>
      <p className="answer" role="status">
        {verdict?.valid === true
          ? t(verdict.remembered ? "record.valid" : "record.valid.itself", { count: verdict.entries })
          : verdict?.valid === false
            ? t("record.invalid", { why: verdict.sentence, seq: verdict.seq ?? 0 })
            : t("record.what")}
      </p>
      {verify.error ? (
        <p className="fault" role="alert">
          {t("record.invalid", { why: verify.error.message, seq: 0 })}
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
