/**
 * What each package is worth to whom: a plane for two parties, parallel lines for more. The table beside it has the same
 * rows; the plot explains and decides nothing, so it is a picture to a screen reader.
 */
import { type ReactElement, useEffect, useRef, useState } from "react";
import { useWords } from "../../messages/words.ts";
import { linesOf } from "./lines.ts";
import { planeOf } from "./plane.ts";
import type { PlotProps } from "./plot-frame.ts";
import type { Row } from "./rows.ts";

/** As wide as there is room, so that on a phone the words stay as large as they are. */
const widest = 640;

export function PackagesPlot(props: PlotProps): ReactElement {
  const t = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  const { problem, looks } = props;
  // A phone that is turned has another width. The browser tells it: to ask would be to wait for the whole page's layout.
  useEffect(() => {
    const place = box.current;
    if (!place) return;
    const watcher = new ResizeObserver((told) => setRoom(told.at(-1)?.contentRect.width ?? 0));
    watcher.observe(place);
    return () => watcher.disconnect();
  }, []);
  const name = (id: string) => looks.get(id)?.name ?? id;
  const [first, second] = problem.parties;
  const label =
    problem.parties.length === 2
      ? t("packages.plot", { a: name(first?.id ?? ""), b: name(second?.id ?? "") })
      : t("packages.lines");
  useEffect(() => {
    const place = box.current;
    if (!place || room === 0) return;
    const words = {
      worth: (id: string) => t("packages.plot.worth", { who: name(id) }),
      home: (id: string) => t("packages.plot.home", { who: name(id) }),
      left: t("packages.plot.left"),
    };
    const width = Math.min(widest, room);
    const plot = problem.parties.length === 2 ? planeOf(props, words, width) : linesOf(props, words, width);
    plot.setAttribute("aria-hidden", "true");
    // A style written into the page is what the server's policy forbids; packages.css has what it says.
    for (const style of plot.querySelectorAll("style")) style.remove();
    const press = () => {
      const { value } = plot as { value?: Row | { readonly row: Row } | null };
      if (value) props.onChoose("row" in value ? value.row : value);
    };
    plot.addEventListener("click", press);
    place.replaceChildren(plot);
    return () => plot.removeEventListener("click", press);
  });
  return (
    <figure className="packages-plot">
      <figcaption className="small quiet">{label}</figcaption>
      <div ref={box} />
    </figure>
  );
}
