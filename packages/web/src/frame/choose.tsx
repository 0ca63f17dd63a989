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
  named = true,
}: {
  label: string;
  /** Whether the label stands over it; where what stands beside it says as much, only a screen reader needs it. */
  named?: boolean;
  choices: readonly Choice[];
  value: string | undefined;
  onChoose: (id: string) => void;
}): ReactElement {
  return (
    <Select
      {...(named ? {} : { "aria-label": label })}
      className="field select"
      onSelectionChange={(key) => {
        if (typeof key === "string") onChoose(key);
      }}
      selectedKey={value ?? null}
    >
      {named ? <Label>{label}</Label> : null}
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
