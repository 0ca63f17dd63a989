/** To pages that are loaded anew, with a server or without one. A draft in hand goes along. */
import type { MouseEvent, ReactElement, ReactNode } from "react";
import { carry, useDraftInHand } from "./draft-in-hand.ts";

export function TableLink({
  to,
  look,
  children,
}: {
  /** Their address, without the page on it. */
  to: string;
  look: string;
  children: ReactNode;
}): ReactElement {
  const draft = useDraftInHand();
  const go = (event: MouseEvent) => {
    if (!draft) return;
    event.preventDefault();
    carry(draft);
    location.assign(`${to}#/new`);
  };
  return (
    <a className={look} href={to} onClick={go}>
      {children}
    </a>
  );
}
