/** A dialog about one's own delegation, where its reader may do what it is for. */
import type { EventKind, Seat } from "@parley/core";
import type { ReactElement, ReactNode } from "react";
import { Over, OverFoot } from "../../frame/over.tsx";
import { useMay } from "../../source/acting.ts";
import { useCase, useSnapshot } from "../../source/case-context.tsx";

export function OfOwnSeat({
  seat,
  kind,
  title,
  what,
  children,
}: {
  seat: Seat;
  kind: EventKind;
  title: string;
  what: string;
  children: ReactNode;
}): ReactElement | null {
  const { kept } = useCase();
  const { sitting } = useSnapshot();
  const may = useMay();
  // Alone whoever sits at this browser is the whole delegation, and every key is here.
  if (kept !== "server" || seat.id !== sitting?.seat || !may(kind, "public")) return null;
  return (
    <Over label={title} title={title}>
      {(close) => (
        <>
          <p className="small">{what}</p>
          {children}
          <OverFoot close={close} leave="act.close" />
        </>
      )}
    </Over>
  );
}
