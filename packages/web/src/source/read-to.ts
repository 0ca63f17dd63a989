/** How far somebody has read, kept on the device and told to nobody. Where nothing can be kept, the next visit begins anew. */

export function readTo(place: string): string | undefined {
  try {
    return localStorage.getItem(place) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepReadTo(place: string, to: string): void {
  try {
    localStorage.setItem(place, to);
  } catch {
    // Some browsers keep nothing for pages opened privately.
  }
}
