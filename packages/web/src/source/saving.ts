/** Hands a file to the person, as the browser's own download. */
export function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A title as the name of a file. */
export function fileName(title: string, extension: string): string {
  return `${title.replace(/[^\p{L}\p{N}]+/gu, "-")}.${extension}`;
}

/** A recovery kit is handed over once; nothing of it stays here. */
export function saveKit(kit: string, title: string, name: string): void {
  save(new Blob([kit], { type: "text/plain" }), fileName(`${title} ${name}`, "age"));
}
