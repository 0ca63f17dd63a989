import type { ReactElement } from "react";
import { Checkbox, CheckboxGroup, Label } from "react-aria-components";
import { useLooks } from "../source/case-context.tsx";
import { PartyName } from "./party.tsx";

/** Any number of parties, each with its letters, to be ticked. */
export function ChooseParties({
  label,
  among,
  chosen,
  onChoose,
}: {
  label: string;
  among: readonly { readonly id: string }[];
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}): ReactElement {
  const looks = useLooks();
  return (
    <CheckboxGroup className="field" onChange={onChoose} value={[...chosen]}>
      <Label>{label}</Label>
      {among.map(({ id }) => {
        const look = looks.get(id);
        return look ? (
          <Checkbox className="choice check" key={id} value={id}>
            <PartyName look={look} />
          </Checkbox>
        ) : null;
      })}
    </CheckboxGroup>
  );
}
