/** One of a short list. */
import type { ReactElement } from "react";
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from "react-aria-components";
import { DownMark } from "./marks.tsx";

export interface Choice {
  readonly id: string;
  readonly name: string;
}

export function Choose({
  label,
  choices,
  value,
  onChoose,
}: {
  label: string;
  choices: readonly Choice[];
  value: string | undefined;
  onChoose: (id: string) => void;
}): ReactElement {
  return (
    <Select
      className="field select"
      onSelectionChange={(key) => {
        if (typeof key === "string") onChoose(key);
      }}
      selectedKey={value ?? null}
    >
      <Label>{label}</Label>
      <Button className="button">
        <SelectValue className="select-value" />
        <DownMark />
      </Button>
      <Popover className="popover wide-popover">
        <ListBox items={choices}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.name}>
              {choice.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
