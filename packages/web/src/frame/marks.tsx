/** The small drawn marks. Each stands beside words; none carries a meaning alone. */
import type { ReactElement } from "react";

function Mark({ path, size = 16 }: { path: string; size?: number }): ReactElement {
  return (
    <svg
      aria-hidden="true"
      fill="none"
      height={size}
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="1.5"
      viewBox="0 0 16 16"
      width={size}
    >
      <path d={path} />
    </svg>
  );
}

export function BracketsMark(): ReactElement {
  return <Mark path="M6 2.5H3v11h3M10 2.5h3v11h-3" size={18} />;
}
export function LockMark(): ReactElement {
  return <Mark path="M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5" size={14} />;
}
export function EyeMark(): ReactElement {
  return (
    <Mark path="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6z" />
  );
}
export function ReadingMark(): ReactElement {
  return (
    <Mark path="M8 1.8v12.4M8 1.8a6.2 6.2 0 1 0 0 12.4M8 1.8a6.2 6.2 0 1 1 0 12.4M1.8 8h12.4" size={18} />
  );
}
export function DownMark(): ReactElement {
  return <Mark path="M4 6l4 4 4-4" size={14} />;
}
