/** A button that opens a dialog over the page; what it holds is given the way to close it. */
import type { ReactElement, ReactNode } from "react";
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useWords } from "../messages/words.ts";

export function Over({
  label,
  name,
  look = "small",
  title,
  grave = false,
  children,
}: {
  label: string;
  /** What a screen reader says, where the label alone would not tell it from others on the page. */
  name?: string;
  look?: string;
  title: string;
  /** It is closed by its own buttons only, since what they do cannot be taken back. */
  grave?: boolean;
  children: (close: () => void) => ReactNode;
}): ReactElement {
  return (
    <DialogTrigger>
      <Button className={`button ${look}`} {...(name === undefined ? {} : { "aria-label": name })}>
        {label}
      </Button>
      <ModalOverlay className="veil" isDismissable={!grave}>
        <Modal>
          <Dialog className="dialog" role={grave ? "alertdialog" : "dialog"}>
            {({ close }) => (
              <>
                <Heading slot="title">{title}</Heading>
                {children(close)}
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

/** The foot of such a dialog: what it does, and the way out of it. */
export function OverFoot({
  close,
  leave = "act.cancel",
  children,
}: {
  close: () => void;
  leave?: "act.cancel" | "act.close";
  children?: ReactNode;
}): ReactElement {
  const t = useWords();
  return (
    <footer>
      {children}
      <Button className="button" onPress={close}>
        {t(leave)}
      </Button>
    </footer>
  );
}
