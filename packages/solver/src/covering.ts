/**
 * A few outcomes that cover the efficient frontier to within a certified epsilon, for problems whose fronts are too
 * large to be folded: the dual engine looks for one outcome after the other, and its bounds say what is left.
 *
 * What none of the outcomes found covers lies in corners (the search zones of Klamroth, Lacour and Vanderpooten
 * 2015), in each of which some parties have more than a least utility. The deepest is searched for the outcome that
 * raises these parties most, each by a share of its range; found, it splits the corners that it lies in. The bound
 * of a search says how deep its corner is, and so, in part, how deep others are. The greatest depth is epsilon.
 */
import type { Listing, Region } from "./coarse-front.ts";
import { type Field, fieldOf, gainsOf } from "./field.ts";
import type { Goal } from "./goal.ts";
import type { Budget } from "./limits.ts";
import { type Allowed, at, type Model } from "./model.ts";
import { compareLexicographic, comparisonOf } from "./rules.ts";
import { type SearchOptions, type SearchResult, search } from "./search.ts";

/** What is to be covered: the efficient vectors of at least these units. */
export interface Part extends Region {
  /** No outcome gives a party less; nor more than its range above this. */
  readonly lowest: Float64Array;
  /** An epsilon that will do. */
  readonly enough: number;
}

/** No vector has more than `above` by more than `depth` times the range for all parties at once that have one. */
interface Bound {
  /** Minus infinity for parties that may have anything. */
  readonly above: Float64Array;
  readonly depth: number;
}

interface Corner extends Bound {
  /** What its next search may take. */
  readonly share: number;
}

interface Found {
  readonly chosen: Int32Array;
  readonly units: Float64Array;
}

/** Of what is left of time and steps, for a search. */
const searchShare = 1 / 16;
/** Of more corners than this the deepest is no longer searched. */
const mostCorners = 1000;

/** Null where the budget ended before any outcome was found. */
export function covering(model: Model, allowed: Allowed, part: Part, budget: Budget): Listing | null {
  const field = fieldOf({ model, allowed, budget });
  return field && new Cover(model, field, part, budget).run();
}

class Cover {
  private readonly model: Model;
  private readonly field: Field;
  private readonly part: Part;
  private readonly budget: Budget;
  private readonly bounds: Bound[];
  /** Relative to the ranges: more than rounding adds to a bound. */
  private readonly margin: number;
  private found: Found[] = [];
  private corners: readonly Corner[];

  constructor(model: Model, field: Field, part: Part, budget: Budget) {
    const { lowest, ranges } = part;
    const anything = new Float64Array(lowest.length).fill(Number.NEGATIVE_INFINITY);
    this.model = model;
    this.field = field;
    this.part = part;
    this.budget = budget;
    this.margin = ranges.reduce(
      (most, range, p) =>
        range > 0 ? Math.max(most, (2 + Math.abs(at(lowest, p)) / range) * 2 ** -44) : most,
      0,
    );
    this.bounds = [...lowest.entries()].flatMap(([p, units]) =>
      at(ranges, p) > 0 ? [{ above: anything.with(p, units), depth: 1 + this.margin }] : [],
    );
    this.corners = [{ above: anything, depth: 1, share: searchShare }];
  }

  run(): Listing | null {
    const whole = at(this.corners, 0);
    const any = this.search(whole, 1, { firstOnly: true });
    if (!any.incumbent.chosen) return any.proven ? this.listing(0) : null;
    this.explore(whole, [any.incumbent.chosen]);
    for (;;) {
      const deepest = this.corners.reduce<Corner | null>(
        (most, corner) => (most && most.depth >= corner.depth ? most : corner),
        null,
      );
      const epsilon = deepest?.depth ?? 0;
      this.budget.epsilon = epsilon;
      const isEnough = !deepest || epsilon <= this.part.enough || this.corners.length > mostCorners;
      if (isEnough || !this.budget.step()) return this.listing(epsilon);
      this.explore(deepest, []);
    }
  }

  /** Searches a corner: what is found splits corners, or how deep it is at most is known better. */
  private explore(corner: Corner, hints: readonly Int32Array[]): void {
    const { incumbent, proven, bound } = this.search(corner, corner.share, { hints });
    const { chosen } = incumbent;
    // More is a whole unit more: where that is shown not to be, there is nothing in the corner.
    const depth = proven && !chosen ? 0 : Math.max(0, bound) + this.margin;
    const known: readonly Bound[] =
      isLimited(corner) && depth < corner.depth ? [{ above: corner.above, depth }] : [];
    this.bounds.push(...known);
    this.corners = this.corners
      .map((one) => {
        const share = one === corner && !chosen ? Math.min(1 / 4, 2 * one.share) : one.share;
        return { above: one.above, depth: Math.min(one.depth, this.depthBy(known, one.above)), share };
      })
      .filter((one) => one.depth > 0);
    if (chosen) this.take(chosen);
    this.budget.step((this.corners.length * this.field.parties) / 100);
  }

  private search({ above }: Corner, share: number, options: SearchOptions): SearchResult {
    const { field, budget, part } = this;
    const counts = (p: number): boolean =>
      isLimited({ above }) ? Number.isFinite(above[p]) : at(part.ranges, p) > 0;
    const isFlat = !part.ranges.some((range) => range > 0);
    const from = above.map((units, p) =>
      Number.isFinite(units) ? units : Math.max(at(part.lowest, p), at(part.floor, p)),
    );
    const goal: Goal = {
      kind: "minimum",
      counted: Array.from(above, (_, p) => isFlat || counts(p)),
      scale: part.ranges.map((range) => Math.max(1, range)),
      floor: above.map((units) => (Number.isFinite(units) ? 1 : 0)),
      compare: comparisonOf(
        "kalai-smorodinsky",
        part.ranges.map((range, p) => (counts(p) ? range : 0)),
      ),
      valueOnly: false,
    };
    return budget.within(share, () => search(field, goal, from, budget, { ...options, quiet: true }));
  }

  private take(chosen: Int32Array): void {
    const { field, part, found } = this;
    const units = gainsOf(field, new Float64Array(field.parties), chosen, new Float64Array(field.parties));
    this.found = [...found.filter((other) => !covers(units, other.units)), { chosen, units }];
    const holds = ({ above }: Corner): boolean => above.every((least, p) => at(units, p) > least);
    const corners = this.corners.filter((corner) => !holds(corner));
    const parts = this.corners
      .filter(holds)
      .flatMap(({ above }) =>
        [...units.entries()].flatMap(([p, least]) => (at(part.ranges, p) > 0 ? [above.with(p, least)] : [])),
      )
      .sort(compareLexicographic);
    for (const above of parts) {
      this.budget.step(((corners.length + this.bounds.length) * units.length) / 100);
      // What lies within another corner is searched there.
      if (corners.some((other) => covers(above, other.above))) continue;
      const depth = this.depthBy(this.bounds, above);
      if (depth > 0) corners.push({ above, depth, share: searchShare });
    }
    this.corners = corners;
  }

  /** By these bounds no vector reaches further beyond all of these units that are finite, as a share of the ranges. */
  private depthBy(bounds: readonly Bound[], units: Float64Array): number {
    const { ranges } = this.part;
    let least = Number.POSITIVE_INFINITY;
    for (const { above, depth } of bounds) {
      let nearest = Number.POSITIVE_INFINITY;
      for (let p = 0; p < above.length; p++) {
        const from = at(above, p);
        if (Number.isFinite(from)) nearest = Math.min(nearest, (at(units, p) - from) / at(ranges, p));
      }
      least = Math.min(least, depth - nearest);
    }
    return least;
  }

  private listing(epsilon: number): Listing {
    const { field, model } = this;
    const found = this.found.sort((one, other) => compareLexicographic(other.units, one.units));
    return {
      epsilon,
      places: Int32Array.from(found.keys()),
      outcomes: {
        size: found.length,
        columns: Array.from(model.partyIds, (_, p) => Float64Array.from(found, ({ units }) => at(units, p))),
        vector: (place) => at(found, place).units,
        trace: (place, choice) => {
          for (const value of at(found, place).chosen) field.trace(value, choice);
        },
      },
    };
  }
}

/** Whether it asks anything of anybody. */
function isLimited({ above }: Pick<Corner, "above">): boolean {
  return above.some(Number.isFinite);
}

/** Whether every party has as much with the first. */
function covers(one: Float64Array, other: Float64Array): boolean {
  return one.every((units, p) => units >= at(other, p));
}
