/** Where columns stand under one another, what was chosen in one is brought into sight in the other. */
export function bringToSight(shown: HTMLElement | null): void {
  // Whatever was chosen is drawn first.
  requestAnimationFrame(() => {
    if (!shown) return;
    const { top } = shown.getBoundingClientRect();
    if (top > innerHeight * 0.8) shown.scrollIntoView({ block: "start" });
  });
}
