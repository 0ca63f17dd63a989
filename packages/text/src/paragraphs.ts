/**
 * Draft -> the paragraphs that a reader sees, brackets as brackets, labels as labels: for plain text and Word.
 */
import type {
  Attribution,
  Block,
  Clause,
  ClauseForm,
  Draft,
  Inline,
  Mark,
  NoteId,
  Option,
  Revision,
} from "./model.ts";

/** A run of visible text, or a mark of a note. `by`: who stands behind the alternative that begins here. */
export type Run =
  | {
      readonly type: "text";
      readonly text: string;
      readonly marks?: readonly Mark[];
      readonly revision?: Revision;
      readonly by?: readonly Attribution[];
    }
  | { readonly type: "note"; readonly note: NoteId };

export interface Paragraph {
  readonly form: ClauseForm;
  readonly level: number;
  readonly ordinal: string;
  readonly runs: Run[];
  readonly direction?: "rtl";
  readonly cell?: Clause["cell"];
}

export function paragraphsOf(draft: Draft): Paragraph[] {
  const flow = new Flow();
  flow.blocks(draft.blocks);
  return flow.paragraphs;
}

/** The runs of a note, which is one paragraph. */
export function runsOf(inlines: readonly Inline[]): Run[] {
  const flow = new Flow();
  flow.begin({ form: "paragraph", level: 0, ordinal: "" });
  flow.inlines(inlines);
  return flow.paragraphs.flatMap(({ runs }, index) => [...(index > 0 ? [text("\n")] : []), ...runs]);
}

function text(words: string, by?: readonly Attribution[]): Run {
  return by && by.length > 0 ? { type: "text", text: words, by } : { type: "text", text: words };
}

const END_OF_OPTIONS = "{End of options}";

class Flow {
  readonly paragraphs: Paragraph[] = [];
  /** Signs that wait for the paragraph in which they open. */
  #opening: Run[] = [];

  begin(as: Omit<Paragraph, "runs">): void {
    this.paragraphs.push({ ...as, runs: this.#opening });
    this.#opening = [];
  }

  blocks(blocks: readonly Block[]): void {
    for (const block of blocks) {
      if (block.type === "clause") this.#clause(block);
      else if (block.kind === "option-block") this.#optionBlock(block.options);
      else {
        const shown = block.options.filter((option) => !(block.kind === "optional" && option.noText));
        for (const option of shown) this.#around(option);
      }
    }
  }

  #clause({ form, level, ordinal, content, direction, cell }: Clause): void {
    this.begin({ form, level, ordinal, ...(direction && { direction }), ...(cell && { cell }) });
    this.inlines(content);
  }

  #optionBlock(options: readonly Option<Block>[]): void {
    options.forEach((option, index) => {
      this.begin({ form: "paragraph", level: 0, ordinal: "" });
      const label = option.label ?? `Option ${index + 1}:`;
      this.#add({ ...text(label, option.attributions), marks: ["strong"] } as Run);
      this.blocks(option.content);
    });
    this.begin({ form: "paragraph", level: 0, ordinal: "" });
    this.#add({ type: "text", text: END_OF_OPTIONS, marks: ["editorial"] });
  }

  /** A bracket around clauses: its signs stand in the first and the last of them. */
  #around(option: Option<Block>): void {
    const before = this.paragraphs.length;
    this.#opening.push(text(openingSign(option), option.attributions));
    this.blocks(option.content);
    if (this.paragraphs.length === before) this.begin({ form: "paragraph", level: 0, ordinal: "" });
    this.#add(text("]"));
  }

  inlines(inlines: readonly Inline[]): void {
    for (const inline of inlines) {
      if (inline.type === "text") {
        const { marks, revision } = inline;
        this.#add({
          type: "text",
          text: inline.text,
          ...(marks && { marks }),
          ...(revision && { revision }),
        });
      } else if (inline.type === "note") this.#add(inline);
      else if (inline.type === "break") {
        this.begin({ form: inline.form, level: inline.level, ordinal: inline.ordinal });
      } else {
        const shown = inline.options.filter((option) => !(inline.kind === "optional" && option.noText));
        for (const option of shown) {
          this.#add(text(openingSign(option), option.attributions));
          this.inlines(option.content);
          this.#add(text("]"));
        }
      }
    }
  }

  #add(run: Run): void {
    this.paragraphs.at(-1)?.runs.push(run);
  }
}

/** "[", with the label and the names of those who propose the words. */
function openingSign({ label, attributions = [] }: Option<unknown>): string {
  const names = attributions.filter(({ role }) => role === "proposes").map(({ party }) => party);
  return `[${label ? `${label} ` : ""}${names.length > 0 ? `${names.join(", ")}: ` : ""}`;
}
