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
  beside = false,
}: {
  label: string;
  among: readonly { readonly id: string }[];
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
  /** One beside the other, where there are several such choices. */
  beside?: boolean;
}): ReactElement {
  const looks = useLooks();
  const choices = among.map(({ id }) => {
    const look = looks.get(id);
    return look ? (
      <Checkbox className="choice check" key={id} value={id}>
        <PartyName look={look} />
      </Checkbox>
    ) : null;
  });
  return (
    <CheckboxGroup className="field" onChange={onChoose} value={[...chosen]}>
      <Label>{label}</Label>
      {beside ? <div className="row tight">{choices}</div> : choices}
    </CheckboxGroup>
  );
}
