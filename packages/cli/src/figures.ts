/** Numbers as people read them. */

/** At most six significant digits, without trailing zeros; machine output has twelve. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** A gain or loss, always with its sign. */
export function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${figure(Math.abs(value))}`;
}

/** A whole number of any size, in groups of three. */
export function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 point`, `2 points`. */
export function counted(n: number, what: string): string {
  return `${grouped(String(n))} ${what}${n === 1 ? "" : "s"}`;
}
