/** "What others learn": one line before every act, and the same line in the past tense after it. */
import type { ReactElement } from "react";
import { useWords } from "../messages/words.ts";
import { EyeMark } from "./marks.tsx";

export interface Lesson {
  /** Who is given the entry. */
  readonly given: string;
  /** Who can read what is in it, where that is fewer than are given it. */
  readonly read?: string;
  /** What may be inferred from it, where something may. */
  readonly infer?: string;
}

export function Learns({ lesson, done }: { lesson: Lesson; done?: boolean }): ReactElement {
  const t = useWords();
  const { given, read, infer } = lesson;
  const sentences = [
    t("learns.given", { who: given }),
    ...(read ? [t("learns.read", { who: read })] : []),
    ...(infer ? [t("learns.infer", { what: infer })] : []),
  ];
  return (
    <p className="learns">
      <EyeMark />
      <span>
        <b>
          {t(done ? "learns.after" : "learns.before")}
          {t("said.colon")}
        </b>
        {sentences.reduce((before, after) => t("said.then", { before, after }))}
      </span>
    </p>
  );
}
