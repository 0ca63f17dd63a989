/**
 * What is shown of a long case in place of its pages while this browser still reads and checks it: who is in it, what
 * happened last, and how far the checking has come. Nothing can be done here.
 */
import { isRecorded } from "@parley/core";
import { type ReactElement, useMemo } from "react";
import { Shell } from "../../frame/shell.tsx";
import { useWords } from "../../messages/words.ts";
import { useCase, useSnapshot } from "../../source/case-context.tsx";
import type { Reading } from "../../source/case-source.ts";
import { CaseHead } from "./case-head.tsx";
import { Newest } from "./lately.tsx";
import { AllSeats } from "./seats.tsx";
import "./case.css";

/** Of the hundred that there are: fewer are drawn sooner. */
const shown = 30;

export function FrontShell({ reading }: { reading: Reading }): ReactElement {
  const t = useWords();
  const { kept } = useCase();
  const { people } = useSnapshot().state;
  const { title, exercise, demo } = people;
  const page = useMemo(() => <FrontPage />, []);
  const heading = {
    title,
    exercise,
    demo,
    only: isRecorded(people) ? "recorded" : "negotiated",
    kept: t(demo ? "kept.demo" : (`kept.${kept}` as const)),
    sitting: null,
    standing: <HowFar reading={reading} />,
  } as const;
  return <Shell heading={heading}>{page}</Shell>;
}

function HowFar({ reading: { checked, all, own } }: { reading: Reading }): ReactElement {
  const t = useWords();
  const words = t(own ? "reading.own" : "reading.unchecked", { checked, all });
  return (
    <aside className="standing small" data-reading={own ? "own" : "unchecked"}>
      <p>{words}</p>
      <progress aria-label={words} max={Math.max(all, 1)} value={checked} />
    </aside>
  );
}

function FrontPage(): ReactElement {
  const t = useWords();
  return (
    <div className="page overview">
      <CaseHead />
      <div className="overview-grid">
        <section>
          <h2>{t("case.lately")}</h2>
          <Newest count={shown} />
        </section>
        <div className="stack-wide">
          <AllSeats />
        </div>
      </div>
    </div>
  );
}
