/** Runs one command line and returns the exit status of `cli.md`: 0 done, 1 the answer is no, 2 bad input. */
export async function main(argv: readonly string[]): Promise<number> {
  console.error(`parley: unknown command ${JSON.stringify(argv[0] ?? "")}`);
  return 2;
}
