/** How the number of open brackets went, revision by revision. The two ends are named; the words say the same. */
import type { ReactElement } from "react";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useSnapshot } from "../../source/case-context.tsx";
import { type CoursePoint, courseOf } from "../../source/course.ts";
import { revisionNumber } from "../../source/revision.ts";
import type { TextView } from "../../source/text-view.ts";
import "./counts.css";

const width = 220;
const height = 44;

export function Course({ view }: { view: TextView }): ReactElement | null {
  const t = useWords();
  const { day } = useMoments();
  const { entries } = useSnapshot();
  const { points } = courseOf(entries, view.text.id);
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return null;
  const most = Math.max(1, ...points.map(({ total }) => total));
  const said = t("course.said", {
    from: first.open,
    to: last.open,
    since: day(first.at),
    rev: revisionNumber(view.text.draft, last.version),
  });
  return (
    <figure className="course">
      <svg aria-hidden="true" preserveAspectRatio="none" viewBox={`0 0 ${width} ${height}`}>
        <path className="all" d={stepsOf(points, ({ total }) => total, most)} />
        <path className="open" d={stepsOf(points, ({ open }) => open, most)} />
      </svg>
      <figcaption className="small quiet">{said}</figcaption>
    </figure>
  );
}

/** Flat from one change to the next: between two changes nothing was between their counts. */
function stepsOf(
  points: readonly CoursePoint[],
  count: (point: CoursePoint) => number,
  most: number,
): string {
  const x = (place: number) => ((place / points.length) * (width - 2) + 1).toFixed(1);
  const y = (value: number) => (height - 2 - (value / most) * (height - 4)).toFixed(1);
  const steps = points.map(
    (point, place) => `${place === 0 ? "M" : "L"}${x(place)} ${y(count(point))}H${x(place + 1)}`,
  );
  return steps.join("");
}
