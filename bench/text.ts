/**
 * How long it takes, and how much memory, to read, write and compare drafts of many pages: a page is 500 words
 * with 30 brackets, as dense as the densest real draft known. Each measure runs in a process of its own, on the
 * built package, so that its memory is its own. CPU time, not the clock.
 *
 * `npm run bench:text` measures 100 and 300 pages and writes the figures to `bench/results/text.json`.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface TextFigure {
  readonly work: string;
  readonly pages: number;
  readonly cpuMs: number;
  /** The process's greatest resident size, with Node itself (some 45 MB). */
  readonly peakMb: number;
}

const works: Readonly<Record<string, string>> = {
  "read plain text": "text.parsePlain(source)",
  "read Markdown": "text.parseMarkdown(source)",
  "read own Markdown": "text.parseMarkdown(own)",
  "write Word": "text.writeWord(draft)",
  "read Word, as others write it": "text.readWord(word)",
  "read Word, as Parley writes it": "text.readWord(ownWord)",
  "compare two versions": "text.compareDrafts(draft, changed)",
};

/** Prepared outside the measure, each only where it is needed. */
const prepare: Readonly<Record<string, string>> = {
  source: "globalThis.source = sourceOf(pages);",
  draft: "globalThis.draft = text.parseMarkdown(sourceOf(pages)).draft;",
  changed:
    "globalThis.changed = text.parseMarkdown(sourceOf(pages).replaceAll('[agree][decide]', 'agree')).draft;",
  own: "globalThis.own = text.renderMarkdown(text.parseMarkdown(sourceOf(pages)).draft);",
  word: "globalThis.word = text.writeWord(text.parseMarkdown(sourceOf(pages)).draft, { withoutModel: true });",
  ownWord: "globalThis.ownWord = text.writeWord(text.parseMarkdown(sourceOf(pages)).draft);",
};

/** A text of articles with lists, alternations, optional texts, options and nesting. */
function sourceOf(pages: number): string {
  const words =
    "the parties agree that each side keeps its forces away from the line and reports what it sees".split(
      " ",
    );
  let seed = 1;
  const pick = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return words[seed % words.length];
  };
  const run = (length: number) => Array.from({ length }, pick).join(" ");
  const blocks: string[] = [];
  for (let page = 1; page <= pages; page++) {
    blocks.push(`## Article ${page}`);
    for (let paragraph = 1; paragraph <= 5; paragraph++) {
      blocks.push(
        `${paragraph}. The Parties [shall][should][other] [agree][decide] ${run(30)} [, and ${run(6)} [or ${run(3)}],] ${run(30)} by [X].`,
        `    (a) ${run(20)} [${run(4)}]`,
      );
    }
    blocks.push(`Option 1: ${run(12)}`, "Option 2: No text");
  }
  return blocks.join("\n\n");
}

/** Measures every kind of work at one size. Throws if the package is not built. */
export function benchText(pages: number): TextFigure[] {
  return Object.entries(works).map(([work, call]) => {
    const needed = Object.keys(prepare).filter((name) => new RegExp(`\\b${name}\\b`).test(call));
    const program = [
      'import * as text from "@parley/text";',
      `const pages = ${pages};`,
      sourceOf.toString(),
      ...needed.map((name) => prepare[name]),
      "const before = process.cpuUsage();",
      `${call};`,
      "const { user, system } = process.cpuUsage(before);",
      "console.log(JSON.stringify([(user + system) / 1000, process.resourceUsage().maxRSS / 1024]));",
    ].join("\n");
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${work}: ${stderr.slice(0, 2000)}`);
    const [cpuMs, peakMb] = JSON.parse(stdout) as [number, number];
    return { work, pages, cpuMs, peakMb };
  });
}
