/** A party wherever it is named: eight hues by alphabet, and always its letters. */
import type { ReactElement } from "react";
import type { PartyLook } from "./party-codes.ts";

export function PartyCode({ look }: { look: PartyLook }): ReactElement {
  return (
    <abbr className="party-code" data-hue={look.hue} title={look.name}>
      {look.code}
    </abbr>
  );
}

export function PartyName({ look }: { look: PartyLook }): ReactElement {
  return (
    <span className="party">
      <span aria-hidden="true" className="party-code" data-hue={look.hue}>
        {look.code}
      </span>
      {look.name}
    </span>
  );
}
