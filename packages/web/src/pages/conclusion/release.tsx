/** A closed text is given to every seat once every principal has agreed to that. */
import { itemsOf } from "@parley/core";
import { type Draft, parseMarkdown, renderMarkdown } from "@parley/text";
import { type ReactElement, useMemo } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { TextView } from "../../source/text-view.ts";
import { useView } from "../../source/view.ts";
import { Export } from "./export.tsx";

function useReleases() {
  return itemsOf(useView().rooms.public.releases);
}

export function Release({ view: { text }, draft }: { view: TextView; draft: Draft }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { sitting } = useSnapshot();
  const may = useMay(text);
  const { act, busy, refusal, done } = useActing();
  const release = useReleases().find((one) => one.draft === text.id);
  const waits = sitting !== undefined && !release?.releasedBy.includes(sitting.seat);
  const [first] = release?.releasedBy ?? [];
  const acts = text.closed !== undefined && waits && may("TextReleased", "public");
  const send = () =>
    void act(
      release
        ? { kind: "ReleaseAccepted", audience: "public", body: { release: release.id } }
        : {
            kind: "TextReleased",
            audience: "public",
            body: { draft: text.id, language: draft.language ?? "en", text: renderMarkdown(draft) },
          },
    );
  return (
    <>
      <p>{t(release?.released ? "end.release.done" : "end.release.what")}</p>
      {release && !release.released ? (
        <p className="small quiet">{t("end.release.by", { who: looks.get(first ?? "")?.name ?? "" })}</p>
      ) : null}
      {acts ? (
        <>
          <Learns done={done} lesson={{ given: t("audience.public") }} />
          <Button className="button" isDisabled={busy} onPress={send}>
            {t(release ? "end.release.agree" : "end.release.do")}
          </Button>
        </>
      ) : null}
      <Refused why={refusal} />
    </>
  );
}

/** What a seat that was never given the negotiations is given of them. */
export function Released(): ReactElement | null {
  const t = useWords();
  const release = useReleases().find(({ released }) => released);
  const draft = useMemo(() => release && parseMarkdown(release.text).draft, [release]);
  if (!draft) return null;
  return (
    <div className="page narrow conclusion">
      <h1>{draft.title || t("column.text")}</h1>
      <p>{t("end.release.done")}</p>
      <Export draft={draft} open />
    </div>
  );
}

export function useReleased(): boolean {
  return useReleases().some(({ released }) => released);
}
