export const cases = {
  "cases.title": "Cases",
  "cases.empty.title": "No case is kept in this browser.",
  "cases.empty.next":
    "Begin one, read a draft that becomes its text, or open an example below. Everything stays on this device.",
  "cases.new": "New case",
  "cases.example": "Examples",
  "cases.facts": "REPORTED FACTS",
  "cases.delete": "Remove from this browser",
  "cases.delete.ask": "Remove “{title}” from this browser?",
  "cases.delete.loses":
    "Its record and its keys are kept nowhere else unless you exported them. This cannot be undone.",
  "new.title": "New case",
  "new.denied": "This account opens no cases.",
  "new.denied.next":
    "Ask whoever keeps the server for a link that may. In this browser, without the server, you can open as many as you like.",
  "new.around": "Its text will be the draft just read: {title}.",
  "new.name": "What the case is about",
  "new.exercise": "An exercise between fictional parties",
  "new.exercise.held":
    "Every page and file says EXERCISE. You hold the keys of all seats and can act for each in turn.",
  "new.real.held":
    "You act for the first party only. Use it to prepare on your own: the other seats stay empty.",
  "new.parties": "Parties",
  "new.parties.first": "The first one opens the case.",
  "new.party.name": "Name of party {number}",
  "new.party.kind": "Seat of party {number}",
  "new.party.add": "Add a party",
  "new.you": "Your name",
  "new.office": "Your office",
  "new.open": "Open the case",
  "new.lacks.title": "Say what the case is about.",
  "new.lacks.names": "Give every party a name of its own.",
  "new.lacks.you": "Give your name: the record says who opened the case.",
  "draft.title": "Read a draft",
  "draft.what":
    "A draft in Word, Markdown or plain text, as it is: square brackets, options and footnotes are read; what does not fit is repaired, and each repair is shown.",
  "draft.choose": "Choose a file",
  "draft.drop": "or drop it here",
  "draft.paste": "Or paste the text",
  "draft.read": "Read it",
  "draft.flag": "To confirm: {number} of {total}",
  "draft.flag.bracket-added": "This bracket was never closed. It was closed at the end of its paragraph.",
  "draft.flag.bracket-removed": "This closing bracket has no opening one. It was left out.",
  "draft.flag.mark-closed": "This mark was not closed. It was closed at the end of its paragraph.",
  "draft.flag.note-missing": "Note {note} is nowhere. An empty one was made.",
  "draft.flag.level-limited": "The level “{level}” was brought into {least} to {most}.",
  "draft.flag.escapes-read":
    "All square brackets here are escaped, as converters write them. They were read as brackets.",
  "draft.flag.part-left-out":
    "A document of another format, a chart or a diagram that is put in here is not read. It was left out.",
  "draft.flag.optional-apart":
    "Read as an optional text, apart from its neighbour. Is it so, or are the two alternatives of one bracket?",
  "draft.flag.optional-status":
    "Read as an optional text, although it may say how the text stands. Is it so?",
  "draft.flag.alternatives-loose":
    "Read as alternatives of one bracket, although only white space or a slash stands between them. Is it so?",
  "draft.flags.done": "Nothing is left to confirm.",
  "draft.flag.place": "Line {line}, column {column}",
  "draft.flag.asRead": "As read",
  "draft.flag.correct": "Correct the source",
  "draft.source": "Source of the draft",
  "draft.readAgain": "Read again",
  "draft.other": "Another draft",
  "draft.toCase": "Open a case with this text",
  "draft.bring": "Make it the text of this case",
  "draft.language": "Language of the text, as a code such as fr",
  "draft.consulted": "Affected parties are given the text too",
  "draft.consulted.what":
    "Only then can they be consulted on it and accept what concerns them. While the text is open it cannot be given to them later.",
  "draft.concerns": "Affected parties on whom this clause is binding only if they accept it",
  "draft.concerns.what": "Their names, with semicolons between them.",
  "cases.none.title": "No case is given to this session.",
  "cases.none.next": "Open a link that invites you, or ask whoever keeps the server.",
  "new.server.held":
    "The record is kept by this server. You act for the first party; the others take their seats by invitations that you make on the overview.",
} as const;
