export type ProblemFault =
  | "not-json"
  | "wrong-format"
  | "wrong-type"
  | "unknown-key"
  | "missing-key"
  | "unknown-id"
  | "duplicate"
  | "not-finite"
  | "no-options"
  | "empty"
  | "too-deep"
  | "not-supported";

/** A problem that cannot be read. `path` is the place of the fault, such as `issues[0].options[2].id`. */
export class ProblemError extends Error {
  readonly code: ProblemFault;
  readonly path: string;
  /** What is wrong, without the place. */
  readonly sentence: string;

  constructor(code: ProblemFault, path: string, sentence: string) {
    super(path === "" ? sentence : `${path}: ${sentence}`);
    this.name = "ProblemError";
    this.code = code;
    this.path = path;
    this.sentence = sentence;
  }
}
