/** A file as it is given to a reader: its name is where an error begins its path. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** A file with what its text parses to. */
export interface ParsedFile {
  readonly name: string;
  readonly value: unknown;
}
