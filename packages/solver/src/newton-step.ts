/**
 * The step of Newton's method: where the linear system of second derivatives leads against the gradient, within the plane
 * across `normal` if there is one. By Cholesky's factors, for a system of a few unknowns that is symmetric and positive
 * definite; null where it is not.
 */
import { at } from "./model.ts";

export function newtonStep(
  system: Float64Array,
  gradient: Float64Array,
  normal: Float64Array | null,
): Float64Array | null {
  const plain = cholesky(system, gradient.length);
  if (!plain) return null;
  const step = substitute(
    plain,
    gradient.map((value) => -value),
  );
  if (!normal) return step;
  const across = substitute(plain, normal);
  const along = normal.reduce((sum, value, p) => sum + value * at(across, p), 0);
  const shift = normal.reduce((sum, value, p) => sum + value * at(step, p), 0) / along;
  return step.map((value, p) => value - shift * at(across, p));
}

/** The lower triangle whose product with its own transpose is the system. */
function cholesky(system: Float64Array, n: number): Float64Array | null {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(system, i * n + j);
      for (let k = 0; k < j; k++) sum -= at(lower, i * n + k) * at(lower, j * n + k);
      if (i === j) {
        if (!(sum > 0)) return null;
        lower[i * n + i] = Math.sqrt(sum);
      } else {
        lower[i * n + j] = sum / at(lower, j * n + j);
      }
    }
  }
  return lower;
}

function substitute(lower: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const x = right.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = at(x, i) - at(lower, i * n + k) * at(x, k);
    x[i] = at(x, i) / at(lower, i * n + i);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = at(x, i) - at(lower, k * n + i) * at(x, k);
    x[i] = at(x, i) / at(lower, i * n + i);
  }
  return x;
}
