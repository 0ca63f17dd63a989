/**
 * After a server was updated the files of the pages as they were are not there any more, and a browser remembers that it
 * could not have one: only loading everything anew helps.
 */
let stale = false;

export function watchFiles(): void {
  addEventListener("vite:preloadError", () => {
    stale = true;
  });
}

export const isStale = (): boolean => stale;
