/**
 * An area on a plain map: a grid of degrees and the outline, drawn here from the GeoJSON, with nothing fetched from anywhere.
 * Longitude is narrowed by the cosine of the middle latitude (equirectangular), which is true enough to see a shape by.
 */
import type { JsonObject } from "@parley/ledger";
import type { MouseEvent, ReactElement } from "react";
import { useWords } from "../../messages/words.ts";

type Position = readonly [number, number];

const size = 320;
const margin = 34;

/** The outer and inner rings of a Polygon or MultiPolygon. */
export function ringsOf(area: JsonObject | undefined): readonly (readonly Position[])[] {
  if (!area) return [];
  const coordinates = area["coordinates"] as unknown;
  if (!Array.isArray(coordinates)) return [];
  return (area["type"] === "Polygon" ? coordinates : coordinates.flat(1)) as readonly (readonly Position[])[];
}

/** What the map shows, in degrees. */
export interface Frame {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** The area with a fifth of room around it. */
export function frameOf(rings: readonly (readonly Position[])[]): Frame | undefined {
  const all = rings.flat();
  if (all.length === 0) return undefined;
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const room = Math.max(
    0.5,
    0.2 * Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)),
  );
  return {
    west: Math.max(-180, Math.min(...xs) - room),
    east: Math.min(180, Math.max(...xs) + room),
    south: Math.max(-90, Math.min(...ys) - room),
    north: Math.min(90, Math.max(...ys) + room),
  };
}

export function ScopeMap({
  areas,
  frame,
  onPoint,
}: {
  /** Drawn one over the other, the last one strongest. */
  areas: readonly (JsonObject | undefined)[];
  frame?: Frame;
  /** Where the map was pressed, in degrees. */
  onPoint?: (longitude: number, latitude: number) => void;
}): ReactElement | null {
  const t = useWords();
  const shapes = areas.map(ringsOf);
  const shown = frame ?? frameOf(shapes.flat());
  if (!shown) return null;
  const narrow = Math.cos((((shown.north + shown.south) / 2) * Math.PI) / 180);
  const scale = size / Math.max((shown.east - shown.west) * narrow, shown.north - shown.south);
  const width = (shown.east - shown.west) * narrow * scale;
  const height = (shown.north - shown.south) * scale;
  const x = (longitude: number) => margin + (longitude - shown.west) * narrow * scale;
  const y = (latitude: number) => (shown.north - latitude) * scale + 4;
  const step = stepOf(Math.max(shown.east - shown.west, shown.north - shown.south));
  const press = (event: MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const unit = (width + margin + 4) / box.width;
    const longitude = shown.west + ((event.clientX - box.left) * unit - margin) / (narrow * scale);
    const latitude = shown.north - ((event.clientY - box.top) * unit - 4) / scale;
    onPoint?.(Math.round(longitude * 1000) / 1000, Math.round(latitude * 1000) / 1000);
  };
  return (
    <figure className="scope-map" dir="ltr">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same corners can be written in the field beside the map */}
      <svg
        aria-label={t("measure.map", { count: shapes.flat().length })}
        className={onPoint ? "drawing" : undefined}
        onClick={onPoint ? press : undefined}
        role="img"
        viewBox={`0 0 ${width + margin + 4} ${height + margin}`}
      >
        <rect className="sheet" height={height} width={width} x={margin} y={4} />
        {gridOf(shown.west, shown.east, step).map((longitude) => (
          <g key={`x${longitude}`}>
            <line x1={x(longitude)} x2={x(longitude)} y1={4} y2={height + 4} />
            <text textAnchor="middle" x={x(longitude)} y={height + 16}>
              {degrees(longitude, "E", "W")}
            </text>
          </g>
        ))}
        {gridOf(shown.south, shown.north, step).map((latitude) => (
          <g key={`y${latitude}`}>
            <line x1={margin} x2={width + margin} y1={y(latitude)} y2={y(latitude)} />
            <text textAnchor="end" x={margin - 3} y={y(latitude) + 3}>
              {degrees(latitude, "N", "S")}
            </text>
          </g>
        ))}
        {shapes.map((rings, at) => (
          <path
            className={at === shapes.length - 1 ? "area" : "area earlier"}
            d={rings
              .map(
                (ring) =>
                  `M${ring.map(([lon, lat]) => `${x(lon).toFixed(1)} ${y(lat).toFixed(1)}`).join("L")}Z`,
              )
              .join("")}
            // biome-ignore lint/suspicious/noArrayIndexKey: versions are only ever added at the end
            key={at}
          />
        ))}
      </svg>
    </figure>
  );
}

function gridOf(from: number, to: number, step: number): readonly number[] {
  const lines: number[] = [];
  for (let at = Math.ceil(from / step); at * step <= to; at++) lines.push(Math.round(at * step * 100) / 100);
  return lines;
}

/** Four to eight lines across. */
function stepOf(span: number): number {
  return [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30].find((step) => span / step <= 8) ?? 60;
}

function degrees(value: number, plus: string, minus: string): string {
  return `${Math.abs(value)}°${value === 0 ? "" : value > 0 ? plus : minus}`;
}
