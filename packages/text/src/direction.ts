const rightToLeft = ["ar", "fa", "he", "ur"];

/** Which way a language runs, given its tag; a text without one runs as most do. */
export function directionOf(language: string | undefined): "ltr" | "rtl" {
  return rightToLeft.includes(language?.split("-")[0] ?? "") ? "rtl" : "ltr";
}
