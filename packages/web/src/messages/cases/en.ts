export const cases = {
  "cases.title": "Cases",
  "cases.empty.title": "No case is kept in this browser.",
  "cases.empty.next":
    "Begin one, open a draft as the text of one, or look at an example. Everything stays on this device.",
  "cases.waits":
    "{count, plural, =0 {Nothing waits for you.} one {# bracket waits for you.} other {# brackets wait for you.}}",
  "cases.new": "New case",
  "cases.fromDraft": "From a draft",
  "cases.example": "Examples",
  "cases.delete": "Remove from this browser",
  "cases.delete.ask": "Remove “{title}” from this browser?",
  "cases.delete.loses":
    "Its record and its keys are kept nowhere else unless you exported them. This cannot be undone.",
  "draft.title": "Read a draft",
  "draft.what":
    "A draft in Markdown, as it is: square brackets, options and footnotes are read; what does not fit is repaired and reported.",
  "draft.choose": "Choose a file",
  "draft.drop": "or drop it here",
  "draft.paste": "Or paste the text",
  "draft.read": "Read it",
  "draft.bad": "This could not be read as a draft: {why}",
  "draft.flag": "To confirm: {number} of {total}",
  "draft.flags.done": "Nothing is left to confirm.",
  "draft.flag.place": "Line {line}, column {column}",
  "draft.flag.asRead": "As read",
  "draft.flag.correct": "Correct the source",
  "draft.source": "Source of the draft",
  "draft.readAgain": "Read again",
  "draft.other": "Another draft",
  "draft.made": "{count, plural, one {# id was made} other {# ids were made}}",
} as const;
