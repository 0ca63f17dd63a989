/** Where do I have to act? */

import type { CaseId } from "@parley/ledger";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { Button, FileTrigger } from "react-aria-components";
import { Over, OverFoot } from "../../frame/over.tsx";
import { Refused } from "../../frame/refused.tsx";
import { Loading, Notice, PageFault } from "../../frame/states.tsx";
import { useWords } from "../../messages/words.ts";
import { theShelf } from "../../source/case-context.tsx";
import type { Example } from "../../source/examples.ts";
import type { No } from "../../source/no.ts";
import type { CaseCard, Plan } from "../../source/shelf.ts";
import { useAccount } from "../account/account-page.tsx";
import { SignIn } from "../account/sign-in.tsx";
import { TableLink } from "../draft/table-link.tsx";
import "./cases.css";

export function CasesPage(): ReactElement {
  const t = useWords();
  const shelf = theShelf();
  const alone = shelf.kept === "browser";
  const { data: cards, error, refetch } = useQuery({ queryKey: ["cases"], queryFn: () => shelf.list() });
  const { data: account } = useAccount();
  const { data: offered } = useQuery({
    queryKey: ["examples"],
    queryFn: async () => (await import("../../source/examples.ts")).examples(),
    staleTime: Infinity,
  });
  const opens = alone || account?.role === "opener";
  // Facts are written down by a recorder of one's own; a server that shows some opens them itself.
  const shown = opens ? offered?.filter(({ exercise }) => alone || exercise) : undefined;
  if (error && "status" in error && error.status === 401) {
    return (
      <div className="page narrow">
        <SignIn Title="h1" />
      </div>
    );
  }
  if (error) return <PageFault error={error} reset={() => void refetch()} />;
  if (!cards) return <Loading />;
  return (
    <div className="page cases">
      <header className="page-head">
        <h1>{t("cases.title")}</h1>
        <div className="acts">
          {opens ? (
            <Link className="button primary" to="/new">
              {t("cases.new")}
            </Link>
          ) : null}
          <Link className="button" to="/draft">
            {t("draft.title")}
          </Link>
          {shelf.openFile ? <OpenFile /> : null}
          {alone ? <ToServer /> : null}
        </div>
      </header>
      {shelf.offline ? <p role="status">{t("offline.cases")}</p> : null}
      {cards.length === 0 ? (
        <Notice kind="empty" title={t(alone ? "cases.empty.title" : "cases.none.title")}>
          {t(alone ? "cases.empty.next" : "cases.none.next")}
        </Notice>
      ) : (
        <ul className="list case-list">
          {cards.map((card) => (
            <CaseRow card={card} key={card.id} />
          ))}
        </ul>
      )}
      {shown && shown.length > 0 ? (
        <section className="examples">
          <h2>{t("cases.example")}</h2>
          <ul className="list case-list">
            {shown.map((example) => (
              <ExampleRow example={example} key={example.name} />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

/** Pages that came from a server can also work on it. A standalone folder came from nowhere. */
function ToServer(): ReactElement | null {
  const t = useWords();
  if (import.meta.env.MODE === "standalone") return null;
  return (
    <TableLink look="button plain" to="?session=main">
      {t("account.signIn")}
    </TableLink>
  );
}

function OpenFile(): ReactElement {
  const t = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [fault, setFault] = useState<No>();
  const open = async (file: File | undefined) => {
    const opened = file && (await theShelf().openFile?.(file));
    if (opened === undefined) return;
    if (typeof opened !== "string") return setFault(opened);
    await queries.invalidateQueries({ queryKey: ["cases"] });
    await navigate({ to: "/case/$caseId", params: { caseId: opened } });
  };
  return (
    <>
      <FileTrigger acceptedFileTypes={[".parley"]} onSelect={(files) => void open(files?.[0])}>
        <Button className="button">{t("file.open")}</Button>
      </FileTrigger>
      <Refused why={fault} />
    </>
  );
}

// What knows how a case stands brings the rules with it; an empty list needs none of it.
const CardState = lazy(async () => ({ default: (await import("./card-state.tsx")).CardState }));

function CaseRow({ card }: { card: CaseCard }): ReactElement {
  const t = useWords();
  return (
    <li className="case-row">
      <div>
        <Link className="case-title" params={{ caseId: card.id }} to="/case/$caseId">
          {card.title}
        </Link>
        {card.exercise ? <span className="tag">{t("exercise.banner")}</span> : null}
        {card.file ? <span className="tag">{t("file.tag")}</span> : null}
      </div>
      {theShelf().kept === "browser" ? <RemoveCase card={card} /> : null}
      {card.read ? (
        <Suspense>
          <CardState card={card} />
        </Suspense>
      ) : null}
    </li>
  );
}

function RemoveCase({ card }: { card: CaseCard }): ReactElement {
  const t = useWords();
  const queries = useQueryClient();
  const remove = async (id: CaseId) => {
    await theShelf().remove(id);
    await queries.invalidateQueries({ queryKey: ["cases"] });
  };
  return (
    <Over
      grave
      label={t("act.remove")}
      look="plain small"
      name={t("said.of", { what: t("cases.delete"), words: card.title })}
      title={t("cases.delete.ask", { title: card.title })}
    >
      {(close) => (
        <>
          <p>{t("cases.delete.loses")}</p>
          <OverFoot close={close}>
            <Button className="button danger" onPress={() => void remove(card.id).then(close)}>
              {t("cases.delete")}
            </Button>
          </OverFoot>
        </>
      )}
    </Over>
  );
}

function ExampleRow({ example }: { example: Example }): ReactElement {
  const t = useWords();
  const begin = useBegin();
  const [fault, setFault] = useState<No>();
  const open = async () => setFault(await begin.mutateAsync(await example.plan()));
  return (
    <li className="case-row">
      <div>
        <span className="case-title">{example.title}</span>
        <span className="tag">{t(example.exercise ? "exercise.banner" : "cases.facts")}</span>
        <p className="quiet small">{example.parties.join(" · ")}</p>
        <Refused why={fault} />
      </div>
      <Button
        aria-label={t("said.of", { what: t("act.open"), words: example.title })}
        className="button small"
        isDisabled={begin.isPending}
        onPress={() => void open()}
      >
        {begin.isPending ? t("state.loading") : t("act.open")}
      </Button>
    </li>
  );
}

/** Begins a case and goes to it; gives the refusal, if any. */
export function useBegin() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (plan: Plan): Promise<No | undefined> => {
      const begun = await theShelf().begin(plan);
      if (typeof begun !== "string") return begun;
      await queries.invalidateQueries({ queryKey: ["cases"] });
      await navigate({ to: "/case/$caseId", params: { caseId: begun } });
      return undefined;
    },
  });
}
