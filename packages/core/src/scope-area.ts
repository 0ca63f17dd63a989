/**
 * An area as GeoJSON (RFC 7946): a Polygon or MultiPolygon, longitude before latitude in degrees, each ring closed. Only what
 * is needed to draw it and to say that it is well formed; whether rings cross is not judged.
 */
import type { Json, JsonObject } from "@parley/ledger/canonical";

const maxPositions = 10_000;

/** What is wrong with it, as the end of a sentence that begins with its place, or undefined. */
export function areaFault(area: JsonObject): string | undefined {
  const { type, coordinates } = area;
  if (type !== "Polygon" && type !== "MultiPolygon") return "is a GeoJSON Polygon or MultiPolygon.";
  const unknown = Object.keys(area).find((key) => key !== "type" && key !== "coordinates");
  if (unknown !== undefined) return `has the unknown key ${JSON.stringify(unknown.slice(0, 60))}.`;
  const polygons: Json = type === "Polygon" ? [coordinates ?? null] : (coordinates ?? null);
  if (!Array.isArray(polygons) || polygons.length === 0) return "has no coordinates.";
  let positions = 0;
  for (const polygon of polygons) {
    if (!Array.isArray(polygon) || polygon.length === 0) return "has a polygon without a ring.";
    for (const ring of polygon) {
      if (!Array.isArray(ring) || ring.length < 4) return "has a ring of fewer than four positions.";
      positions += ring.length;
      if (positions > maxPositions) return `has more than ${maxPositions} positions.`;
      if (!ring.every(isPosition)) {
        return "has a position that is not [longitude, latitude] in degrees, -180 to 180 and -90 to 90.";
      }
      const [first, last] = [ring[0], ring.at(-1)] as [readonly number[], readonly number[]];
      if (first[0] !== last[0] || first[1] !== last[1])
        return "has a ring that does not end where it begins.";
    }
  }
  return undefined;
}

function isPosition(position: Json): boolean {
  if (!Array.isArray(position) || position.length !== 2) return false;
  const [longitude, latitude] = position;
  return (
    typeof longitude === "number" &&
    typeof latitude === "number" &&
    Math.abs(longitude) <= 180 &&
    Math.abs(latitude) <= 90
  );
}
