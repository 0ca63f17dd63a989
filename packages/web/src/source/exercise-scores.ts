/** The scores that come with the exercise, for its fictional parties: illustrative, and always shown as that. */
const files = import.meta.glob(["../../../../examples/*/preferences/*.json"], {
  query: "?raw",
  import: "default",
});

/** Reads the file of a party; undefined if there is none. */
export function exerciseScores(party: string): (() => Promise<string>) | undefined {
  const found = Object.entries(files).find(([path]) => path.endsWith(`/${party}.json`));
  return found ? async () => String(await found[1]()) : undefined;
}
