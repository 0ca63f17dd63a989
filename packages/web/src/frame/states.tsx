/** What a page says when there is nothing to show: empty, loading, error, offline, denied, missing. */
import { Link } from "@tanstack/react-router";
import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { useWords } from "../messages/words.ts";
import { Shell } from "./shell.tsx";
import { isStale } from "./stale.ts";

export function Notice({
  kind,
  title,
  page,
  children,
  acts,
}: {
  kind: "empty" | "error" | "offline" | "denied" | "missing";
  title: string;
  /** The name of the page, where this is all that it has to say. */
  page?: string;
  children?: ReactNode;
  acts?: ReactNode;
}): ReactElement {
  return (
    <section className="notice" data-kind={kind} role={kind === "error" ? "alert" : undefined}>
      {page ? <h1 className="visually-hidden">{page}</h1> : null}
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {acts ? <div className="acts">{acts}</div> : null}
    </section>
  );
}

/** Says nothing for the first 200 ms: what opens at once should not flicker. */
export function Loading(): ReactElement {
  const t = useWords();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true" className="notice" role="status">
      {late ? <p className="quiet">{t("state.loading")}</p> : null}
    </div>
  );
}

/** The way on from where there is nothing. */
export function ToCases(): ReactElement {
  const t = useWords();
  return (
    <Link className="button" to="/">
      {t("state.toCases")}
    </Link>
  );
}

export function PageFault({
  error,
  reset,
  named = true,
}: {
  error: unknown;
  reset: () => void;
  /** Whether it gives the page its name: where it stands in place of the page. */
  named?: boolean;
}): ReactElement {
  const t = useWords();
  return (
    <Notice
      acts={
        <>
          <Button className="button primary" onPress={() => (isStale() ? location.reload() : reset())}>
            {t("state.again")}
          </Button>
          <ToCases />
        </>
      }
      kind="error"
      {...(named ? { page: t("app.name") } : {})}
      title={t("state.error.title")}
    >
      {t("state.error.next")}
      <br />
      <code>{error instanceof Error ? error.message : String(error)}</code>
    </Notice>
  );
}

export function Missing({ page }: { /** As of a notice. */ page?: string }): ReactElement {
  const t = useWords();
  return (
    <Notice acts={<ToCases />} kind="missing" {...(page ? { page } : {})} title={t("state.missing.title")}>
      {t("state.missing.next")}
    </Notice>
  );
}

/** What stands in place of a page, where there is no case to put in the frame: one can still go on, and change how one reads. */
export function Framed({ children }: { children: ReactNode }): ReactElement {
  const t = useWords();
  return (
    <Shell>
      <h1 className="visually-hidden">{t("app.name")}</h1>
      {children}
    </Shell>
  );
}

export function MissingPage(): ReactElement {
  return (
    <Framed>
      <Missing />
    </Framed>
  );
}
