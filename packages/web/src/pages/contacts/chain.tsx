/** The chain from first call to summit as a picture: a card for each contact, an arc for each point that is handed on. */
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { PartyCode } from "../../frame/party.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useCase, useLooks } from "../../source/case-context.tsx";
import type { ChainLink } from "./chain-state.ts";

/** In CSS pixels; the cards' width and gap in contacts.css are the same. */
const width = 184;
const gap = 28;
const height = 60;

export function Chain({ chain }: { chain: readonly ChainLink[] }): ReactElement {
  const t = useWords();
  const arcs = arcsOf(chain);
  const total = chain.length * width + (chain.length - 1) * gap;
  return (
    // A picture wider than the page scrolls in its own frame, by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section aria-label={t("meet.chain")} className="chain-frame" tabIndex={0}>
      <svg
        aria-hidden="true"
        className="chain-arcs"
        height={height}
        viewBox={`0 0 ${total} ${height}`}
        width={total}
      >
        {arcs.map(({ from, to, key }) => {
          const [a, b] = [centre(from), centre(to)];
          const top = Math.max(4, height - 16 - 9 * (to - from));
          return (
            <g key={key}>
              <path d={`M${a} ${height} C${a} ${top} ${b} ${top} ${b} ${height - 5}`} />
              <path
                className="head"
                d={`M${b - 4} ${height - 8} L${b} ${height - 1} L${b + 4} ${height - 8}z`}
              />
            </g>
          );
        })}
      </svg>
      <ol className="list chain">
        {chain.map((link) => (
          <ChainCard chain={chain} key={link.id} link={link} />
        ))}
      </ol>
    </section>
  );
}

function centre(index: number): number {
  return index * (width + gap) + width / 2;
}

function arcsOf(chain: readonly ChainLink[]): { from: number; to: number; key: string }[] {
  return chain.flatMap((link, to) => {
    const sources = new Set(link.agenda.flatMap(({ from }) => (from === undefined ? [] : [from])));
    return [...sources].flatMap((source) => {
      const from = chain.findIndex(({ id }) => id === source);
      return from >= 0 && from < to ? [{ from, to, key: `${from} ${to}` }] : [];
    });
  });
}

function ChainCard({ link, chain }: { link: ChainLink; chain: readonly ChainLink[] }): ReactElement {
  const t = useWords();
  const { day } = useMoments();
  const looks = useLooks();
  const { id } = useCase();
  const ended = link.contact?.item.ended;
  const [leaders, ministers] = [ended?.pointsLeft ?? [], ended?.pointsForMinisters ?? []];
  return (
    <li className="chain-card" data-state={link.state}>
      <p className="small quiet">{day(link.when.slice(0, 10))}</p>
      <p className="chain-title">
        {link.contact ? (
          <Link params={{ caseId: id }} search={{ contact: link.id } as never} to="/case/$caseId/readouts">
            <bdi>{link.title}</bdi>
          </Link>
        ) : (
          <bdi>{link.title}</bdi>
        )}
      </p>
      <p className="row">
        {link.parties.map((party) => {
          const look = looks.get(party);
          return look ? <PartyCode key={party} look={look} /> : null;
        })}
      </p>
      <p className="small">
        {t(`contact.${link.form}`)} · <b>{t(`meet.state.${link.state}`)}</b>
      </p>
      <Handed chain={chain} link={link} />
      {ministers.length > 0 ? (
        <p className="small">{t("meet.leaves.ministers", { count: ministers.length })}</p>
      ) : null}
      {leaders.length > 0 ? <p className="small">{t("meet.leaves", { count: leaders.length })}</p> : null}
    </li>
  );
}

function Handed({ link, chain }: { link: ChainLink; chain: readonly ChainLink[] }): ReactElement | null {
  const t = useWords();
  const titles = new Set(link.agenda.flatMap(({ from }) => chain.find(({ id }) => id === from)?.title ?? []));
  if (titles.size === 0) return null;
  return (
    <p className="small quiet">{t("meet.handedFrom", { what: [...titles].join(t("said.semicolon")) })}</p>
  );
}
