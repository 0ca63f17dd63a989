/** A closed text goes out to every seat, in each of its languages: its words with the first release, in the name of all with the last. */
import type { AuthenticText } from "@parley/core";
import { parseMarkdown } from "@parley/text";
import { type ReactElement, useMemo } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { Releasing } from "../../source/releasing.ts";
import type { TextView } from "../../source/text-view.ts";
import { useReleases } from "../../source/view.ts";
import { useReleasedNotes } from "../text/binding.ts";
import { Export, useOneLanguage } from "./export.tsx";

export function Release({
  view: { text },
  releasing: { texts, others, released },
}: {
  view: TextView;
  releasing: Releasing;
}): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { sitting } = useSnapshot();
  const may = useMay(text);
  const { act, busy, refusal, done } = useActing();
  const nameOf = (seat: string | undefined) => looks.get(seat ?? "")?.name ?? seat ?? "";
  const asked = texts.flatMap(({ release }) => release ?? []);
  const [first] = asked.flatMap(({ releasedBy }) => releasedBy);
  const unsaid = texts.filter(({ release }) => !(sitting && release?.releasedBy.includes(sitting.seat)));
  const acts = text.closed !== undefined && unsaid.length > 0 && may("TextReleased", "public");
  const send = async () => {
    for (const { one, release } of unsaid) {
      const said = await act(
        release
          ? { kind: "ReleaseAccepted", audience: "public", body: { release: release.id } }
          : {
              kind: "TextReleased",
              audience: "public",
              body: { draft: text.id, language: one.language, text: one.text },
            },
      );
      if (!said) return;
    }
  };
  return (
    <>
      <p>{t(released ? "end.release.done" : "end.release.what")}</p>
      {others.map((one) => (
        <p key={one.id} role="alert">
          {t("end.release.other", { who: nameOf(one.by) })}
        </p>
      ))}
      {first !== undefined && !released ? (
        <p className="small quiet">{t("end.release.by", { who: nameOf(first) })}</p>
      ) : null}
      {acts ? (
        <>
          <Learns done={done} lesson={{ given: t("audience.public") }} />
          <Button className="button" isDisabled={busy} onPress={() => void send()}>
            {t(asked.length > 0 ? "end.release.agree" : "end.release.do")}
          </Button>
        </>
      ) : null}
      <Refused why={refusal} />
    </>
  );
}

/** What a seat that was never given the negotiations is given of them. */
export function Released(): ReactElement | null {
  const releases = useReleases();
  const [first, ...others] = useMemo(
    () =>
      releases
        .filter(({ released }) => released)
        .map(({ language, text }) => ({ language, draft: { ...parseMarkdown(text).draft, language } })),
    [releases],
  );
  return first ? <ReleasedIn texts={[first, ...others]} /> : null;
}

type InLanguage = Pick<AuthenticText, "language" | "draft">;

function ReleasedIn({ texts }: { texts: readonly [InLanguage, ...InLanguage[]] }): ReactElement {
  const t = useWords();
  const language = useOneLanguage(texts);
  const { title } = useSnapshot().state.people;
  const draft = useReleasedNotes(language.chosen.draft);
  return (
    <div className="page narrow conclusion">
      <h1 lang={draft.language}>{draft.title || title}</h1>
      <p>{t("end.release.done")}</p>
      <Export draft={draft} language={language} open />
    </div>
  );
}
