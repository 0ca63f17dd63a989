/** A form that is sent from here: the browser's own sending would leave the page. */
import type { ComponentProps, ReactElement } from "react";

export function SentForm({
  onSend,
  ...form
}: Omit<ComponentProps<"form">, "onSubmit"> & { onSend: () => unknown }): ReactElement {
  return (
    <form
      {...form}
      onSubmit={(event) => {
        event.preventDefault();
        void onSend();
      }}
    />
  );
}
