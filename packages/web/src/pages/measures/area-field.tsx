/** An area in the making: corners pressed on the map one after the other, or GeoJSON as written, which counts if it is one. */
import type { JsonObject } from "@parley/ledger";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { Field } from "../../frame/field.tsx";
import { useWords } from "../../messages/words.ts";
import { type Frame, ScopeMap } from "./scope-map.tsx";

export interface Drawing {
  readonly corners: readonly (readonly [longitude: number, latitude: number])[];
  readonly text: string;
}

export const noArea: Drawing = { corners: [], text: "" };
/** Where nothing was drawn before: Europe and the seas around it. */
const anywhere: Frame = { west: -15, east: 60, south: 25, north: 65 };

export function areaIn({ corners, text }: Drawing): JsonObject | undefined {
  return areaOf(text) ?? polygonOf(corners);
}

export function AreaField({
  area,
  frame,
  onChange,
}: {
  area: Drawing;
  frame: Frame | undefined;
  onChange: (area: Drawing) => void;
}): ReactElement {
  const t = useWords();
  const { corners, text } = area;
  return (
    <div className="pair">
      <div>
        <p className="small">{t("measure.draw")}</p>
        <ScopeMap
          areas={[areaIn(area)]}
          frame={frame ?? anywhere}
          onPoint={(longitude, latitude) =>
            onChange({ text: "", corners: [...corners, [longitude, latitude]] })
          }
        />
        <p className="small quiet">
          {corners.map(([longitude, latitude]) => `${longitude}, ${latitude}`).join("; ")}
        </p>
        {corners.length > 0 ? (
          <Button className="button small" onPress={() => onChange({ ...area, corners: [] })}>
            {t("measure.draw.again")}
          </Button>
        ) : null}
      </div>
      <Field
        label={t("measure.geojson")}
        look="mono"
        onChange={(written) => onChange({ ...area, text: written })}
        rows={6}
        spellCheck="false"
        value={text}
      />
    </div>
  );
}

/** GeoJSON as written; undefined while it is none. */
function areaOf(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "coordinates" in value
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

function polygonOf(corners: Drawing["corners"]): JsonObject | undefined {
  const [first] = corners;
  if (!first || corners.length < 3) return undefined;
  return { type: "Polygon", coordinates: [[...corners, first].map(([x, y]) => [x, y])] };
}
