/** The line to the keeper: asked every few seconds, so that its loss is seen at once and not at the next message. */
import { type ReactElement, useEffect, useState, useSyncExternalStore } from "react";
import { useWords } from "../../messages/words.ts";
import { useCase } from "../../source/case-context.tsx";

const everyMs = 5000;
/** An answer that takes longer is none. */
const patienceMs = 4000;

/** When the line was lost, by this device's own count, or undefined while it is there. */
export function useLine(): { readonly lost: boolean; readonly since: string | undefined } {
  const source = useCase();
  const connection = useSyncExternalStore(source.subscribe, source.connection);
  const [answers, setAnswers] = useState(true);
  const [since, setSince] = useState<string>();
  useEffect(() => {
    if (source.kept !== "server") return;
    let stopped = false;
    const ask = async () => {
      const late = new Promise<boolean>((done) => setTimeout(() => done(false), patienceMs));
      const answered = navigator.onLine && (await Promise.race([source.reach(), late]));
      if (!stopped) setAnswers(answered);
    };
    void ask();
    const timer = setInterval(() => void ask(), everyMs);
    const look = () => void ask();
    window.addEventListener("offline", look);
    window.addEventListener("online", look);
    return () => {
      stopped = true;
      clearInterval(timer);
      window.removeEventListener("offline", look);
      window.removeEventListener("online", look);
    };
  }, [source]);
  const lost = !answers || connection === "broken" || connection === "ended";
  useEffect(() => {
    setSince(lost ? new Date(source.now()).toISOString() : undefined);
  }, [lost, source]);
  return { lost, since };
}

export function Line({ line }: { line: ReturnType<typeof useLine> }): ReactElement {
  const t = useWords();
  const source = useCase();
  const waiting = useSyncExternalStore(source.subscribe, source.waiting).length;
  if (source.kept !== "server") return <p className="desk-line quiet">{t("desk.line.alone")}</p>;
  return (
    <div aria-live="assertive" className="desk-line" data-lost={line.lost || undefined} role="status">
      {line.lost ? (
        <strong>{t("desk.line.lost", { time: `${(line.since ?? "").slice(11, 16)} UTC` })}</strong>
      ) : (
        <span>{t("desk.line.up")}</span>
      )}
      {waiting > 0 ? <span> {t("desk.line.waiting", { count: waiting })}</span> : null}
    </div>
  );
}
