/** Acts that were begun and are not over. Apart from the acts themselves, which bring the rules along. */
let underway = 0;

export function isActing(): boolean {
  return underway > 0;
}

export async function whileActing<T>(work: () => Promise<T>): Promise<T> {
  underway += 1;
  try {
    return await work();
  } finally {
    underway -= 1;
  }
}
