/** Amendments that wait: what they would do, who supports them, and adopting, supporting or withdrawing them. */
import type { Amendment } from "@parley/core";
import { type BracketId, parseMarkdown, plainText } from "@parley/text";
import { type ReactElement, useContext } from "react";
import { Button } from "react-aria-components";
import { PartyCode, PartyName } from "../../frame/party.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { TextView } from "../../source/text-view.ts";
import { HandContext } from "./hand.ts";

export function PendingAmendments({
  amendments,
  view,
}: {
  amendments: readonly Amendment[];
  view: TextView;
}): ReactElement {
  const t = useWords();
  const hand = useContext(HandContext);
  const looks = useLooks();
  const held = amendments.filter(({ change }) => change.bracket !== undefined);
  const loose = amendments.filter(({ change }) => change.bracket === undefined);
  return (
    <section className="pending screen-only">
      <p className="row small">
        <span>{t("amend.waiting", { count: amendments.length })}</span>
        {held.map(({ id, change, by }) => {
          const look = looks.get(by);
          return (
            <Button className="link" key={id} onPress={() => hand.hold(change.bracket as BracketId)}>
              {look ? <PartyCode look={look} /> : null} {change.bracket}
            </Button>
          );
        })}
      </p>
      {loose.length > 0 ? (
        <ul className="list amendments">
          {loose.map((amendment) => (
            <AmendmentItem amendment={amendment} key={amendment.id} view={view} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

export function AmendmentItem({ amendment, view }: { amendment: Amendment; view: TextView }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const may = useMay(view.text);
  const { sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const { change, by, reason, outcome, supportedBy } = amendment;
  const look = looks.get(by);
  const answer = (kind: "AmendmentSupported" | "AmendmentAdopted" | "AmendmentWithdrawn") =>
    void act({ kind, audience: view.audience, body: { amendment: amendment.id } });
  const supported = sitting !== undefined && supportedBy.includes(sitting.seat);
  return (
    <li className="amendment" data-outcome={outcome}>
      <p className="row small">
        {look ? <PartyName look={look} /> : by}
        <span className="quiet">{t(`amend.did.${change.kind}`)}</span>
        {outcome ? <strong>{t(`amend.outcome.${outcome}`)}</strong> : null}
      </p>
      {change.text ? <p className="words">{wordsOfChange(change.text)}</p> : null}
      {reason ? <p className="small quiet">{reason}</p> : null}
      {supportedBy.length > 0 ? (
        <p className="row small">
          {t("amend.supportedBy")}
          {supportedBy.map((seat) => {
            const supporter = looks.get(seat);
            return supporter ? <PartyCode key={seat} look={supporter} /> : null;
          })}
        </p>
      ) : null}
      {outcome ? null : (
        <div className="acts">
          {may("AmendmentAdopted", view.audience) ? (
            <Button
              className="button primary small"
              isDisabled={busy}
              onPress={() => answer("AmendmentAdopted")}
            >
              {t("amend.adopt")}
            </Button>
          ) : null}
          {may("AmendmentSupported", view.audience) && !supported ? (
            <Button className="button small" isDisabled={busy} onPress={() => answer("AmendmentSupported")}>
              {t("amend.support")}
            </Button>
          ) : null}
          {sitting?.seat === by ? (
            <Button className="button small" isDisabled={busy} onPress={() => answer("AmendmentWithdrawn")}>
              {t("amend.withdraw")}
            </Button>
          ) : null}
        </div>
      )}
      {refusal ? (
        <p className="fault" role="alert">
          {refusal}
        </p>
      ) : null}
    </li>
  );
}

function wordsOfChange(text: string): string {
  const [block] = parseMarkdown(`---\nformat: parley-draft/1\ntitle: words\n---\n\n${text}\n`).draft.blocks;
  return block?.type === "clause" ? plainText(block.content) : text;
}
