/** What stands on a page and where: words cut off, words over other words, and words beyond the page's edge. */
import type { Page } from "playwright-core";

/** Each fault with the words concerned; an empty list where the page is laid out as it should be. */
export async function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wider > 0) faults.push(`the page scrolls sideways by ${wider} pixels`);
    const said = (element: Element) => (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 50);
    const isShown = (element: Element) =>
      element.checkVisibility({
        opacityProperty: true,
        visibilityProperty: true,
        contentVisibilityAuto: true,
      }) && !element.closest(".visually-hidden, [data-testid=hidden-select-container], .skip, svg");
    /** What stays in place while the page scrolls lies over it by design. */
    const layerOf = (element: Element): Element | null => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { position } = getComputedStyle(at);
        if (position === "fixed" || (position === "sticky" && !at.matches(".column"))) return at;
      }
      return null;
    };
    const scrolls = (element: Element): boolean => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
      }
      return false;
    };

    interface Words {
      readonly element: Element;
      readonly layer: Element | null;
      readonly box: DOMRect;
    }
    const words: Words[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element || !/\S/.test(node.nodeValue ?? "") || !isShown(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const layer = layerOf(element);
      for (const box of range.getClientRects()) {
        if (box.width < 2 || box.height < 2) continue;
        words.push({ element, layer, box });
        const beyond = Math.max(box.right - innerWidth, -box.left);
        if (beyond > 1 && !scrolls(element))
          faults.push(`"${said(element)}" is ${beyond.toFixed(0)} pixels beyond the edge`);
      }
    }
    // Sorted from top to bottom, each is compared with the few that begin before it ends.
    words.sort((a, b) => a.box.top - b.box.top);
    words.forEach((one, index) => {
      for (const other of words.slice(index + 1)) {
        if (other.box.top >= one.box.bottom) break;
        if (one.layer !== other.layer || one.element === other.element) continue;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // A line's box is higher than its letters; letters touch where more than a third of the box is shared.
        if (across > 3 && down > 0.4 * Math.min(one.box.height, other.box.height)) {
          faults.push(`"${said(one.element)}" lies over "${said(other.element)}"`);
        }
      }
    });
    for (const element of document.querySelectorAll("body *")) {
      const style = getComputedStyle(element);
      if (style.overflowX !== "hidden" || style.textOverflow === "ellipsis" || !isShown(element)) continue;
      if (element.scrollWidth > element.clientWidth + 1 && said(element) !== "") {
        faults.push(`"${said(element)}" is cut off`);
      }
    }
    return [...new Set(faults)];
  });
}
