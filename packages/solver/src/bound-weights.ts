/**
 * A dual bound in whole numbers: weights of values such that for every outcome that keeps the linkages
 *
 *   sum over parties of w x utility  x  unit  <=  constant + sum over variables of the chosen value's weight.
 *
 * Built from any party weights w >= 0 and any multipliers by rounding up, each weight by less than one; all
 * sums stay under 2^53 and are exact. So a branch whose bound is below what is asked holds nothing, whatever
 * the floating point that steered towards w and the multipliers did.
 * - A block of values that exclude each other (at most one of left and right is chosen) takes m >= 0 off all
 *   of them and adds m to the constant.
 * - A bonus worth b > 0 is split over its conditions, the parts adding up to b; one worth b < 0 takes m <= -b
 *   off each condition's values and adds m x (conditions - 1) to the constant.
 */
import type { Field } from "./field.ts";
import { at } from "./model.ts";

/** Party weights and multipliers, in floating point: any will do, good ones prune. */
export interface Multipliers {
  readonly weights: Float64Array;
  /** One for each block. */
  readonly blocks: Float64Array;
  /** For each bonus, one number for each condition. */
  readonly bonuses: readonly Float64Array[];
}

export interface BoundWeights {
  readonly weights: Float64Array;
  /** Whole units of the bound for one unit of w x utility. */
  readonly unit: number;
  readonly ofValue: Float64Array;
  readonly constant: number;
}

/** Relative error of a sum of products of some dozens of doubles is below this. */
const rounding = 2 ** -46;
const room = 2 ** 51;

export function boundWeights(field: Field, multipliers: Multipliers): BoundWeights {
  const { parties: n, units } = field;
  const { weights } = multipliers;
  const count = units.length / n;
  const whole = weights.every(Number.isInteger);
  const exact = whole && fits(field, multipliers);
  const unit = exact ? 1 : unitFor(field, multipliers);
  const ofValue = new Float64Array(count);
  const scaled = weights.map((weight) => weight * unit);
  for (let v = 0; v < count; v++) {
    let sum = 0;
    let size = 0;
    for (let p = 0; p < n; p++) {
      const term = (scaled[p] as number) * (units[v * n + p] as number);
      sum += term;
      size += Math.abs(term);
    }
    ofValue[v] = exact ? sum : Math.ceil(sum + size * rounding);
  }
  let constant = 0;
  for (let p = 0; p < n; p++) constant += ceilUp(at(scaled, p) * at(field.base, p), exact);
  for (const [k, { left, right }] of field.blocks.entries()) {
    const part = Math.round(Math.max(0, at(multipliers.blocks, k)) * unit);
    if (part === 0) continue;
    for (const v of left) ofValue[v] = at(ofValue, v) - part;
    for (const v of right) ofValue[v] = at(ofValue, v) - part;
    constant += part;
  }
  for (const [k, bonus] of field.bonuses.entries()) {
    const worth = at(scaled, bonus.party) * bonus.units;
    const parts = at(multipliers.bonuses, k);
    if (worth > 0) constant += splitBonus(ceilUp(worth, exact), bonus.values, parts, unit, ofValue);
    if (worth < 0) constant += chargeMalus(-ceilUp(worth, exact), bonus.values, at(parts, 0), unit, ofValue);
  }
  return { weights, unit, ofValue, constant };
}

/** Gives out parts in whole numbers that add up to the worth. */
function splitBonus(
  worth: number,
  values: readonly Int32Array[],
  parts: Float64Array,
  unit: number,
  ofValue: Float64Array,
): number {
  let left = worth;
  for (const [k, own] of values.entries()) {
    const wanted = k === values.length - 1 ? left : Math.round(Math.max(0, at(parts, k)) * unit);
    const part = Math.min(left, wanted);
    for (const v of own) ofValue[v] = at(ofValue, v) + part;
    left -= part;
  }
  return left;
}

function chargeMalus(
  worth: number,
  values: readonly Int32Array[],
  charge: number,
  unit: number,
  ofValue: Float64Array,
): number {
  const part = Math.min(Math.max(0, Math.round(charge * unit)), worth);
  if (part <= 0) return 0;
  for (const own of values) for (const v of own) ofValue[v] = at(ofValue, v) - part;
  return part * (values.length - 1);
}

function ceilUp(value: number, exact: boolean): number {
  return exact || value === 0 ? value : Math.ceil(value + Math.abs(value) * rounding);
}

/** The largest magnitude that any sum of weights can reach, for unit 1. */
function magnitude(field: Field, { weights, blocks, bonuses }: Multipliers): number {
  const { parties: n, units, first } = field;
  let sum = 0;
  for (let k = 0; k + 1 < first.length; k++) {
    let most = 0;
    for (let v = at(first, k); v < at(first, k + 1); v++) {
      let size = 0;
      for (let p = 0; p < n; p++) size += Math.abs((weights[p] as number) * (units[v * n + p] as number));
      most = Math.max(most, size);
    }
    sum += most;
  }
  for (let p = 0; p < n; p++) sum += Math.abs(at(weights, p) * at(field.base, p));
  for (const part of blocks) sum += 3 * Math.abs(part);
  for (const [k, { party, units: paid, values }] of field.bonuses.entries()) {
    sum += (values.length + 2) * (Math.abs(at(weights, party) * paid) + Math.abs(at(at(bonuses, k), 0)));
  }
  return sum;
}

function fits(field: Field, multipliers: Multipliers): boolean {
  return multipliers.blocks.every(Number.isInteger) && magnitude(field, multipliers) < room;
}

/** A power of two, so that scaling is exact. */
function unitFor(field: Field, multipliers: Multipliers): number {
  const size = magnitude(field, multipliers);
  return size === 0 ? 1 : 2 ** Math.floor(Math.log2(room / size));
}
