/** The seat's contacts as an address that a calendar program polls. The address is a key, shown once. */
import { ApiProblem } from "@parley/server/client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Button, Input, Label, TextField } from "react-aria-components";
import { Refused } from "../../frame/refused.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useCase, useSnapshot } from "../../source/case-context.tsx";
import type { SeatFeed } from "../../source/case-source.ts";
import { noOf } from "../../source/no.ts";

export function FeedSection(): ReactElement | null {
  const { feed } = useCase();
  const { sitting } = useSnapshot();
  return feed && sitting ? <Feed feed={feed} key={sitting.seat} seat={sitting.seat} /> : null;
}

function Feed({ feed, seat }: { feed: SeatFeed; seat: string }): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const { id } = useCase();
  const client = useQueryClient();
  const queryKey = ["feed", id, seat];
  const { data: madeAt } = useQuery({ queryKey, queryFn: () => feed.madeAt() });
  const onSuccess = () => client.invalidateQueries({ queryKey });
  const make = useMutation({ mutationFn: () => feed.make(), onSuccess });
  const end = useMutation({
    mutationFn: () => feed.revoke(),
    onSuccess: () => {
      make.reset();
      return onSuccess();
    },
  });
  const fault = make.error ?? end.error;
  return (
    <section className="stack-narrow">
      <h2>{t("meet.feed")}</h2>
      <p className="small quiet">{t("meet.feed.what")}</p>
      {make.data ? (
        <>
          <TextField className="field" isReadOnly value={make.data}>
            <Label>{t("meet.feed.address")}</Label>
            <Input onFocus={(event) => event.currentTarget.select()} />
          </TextField>
          <p className="small">{t("meet.feed.once")}</p>
        </>
      ) : madeAt ? (
        <p className="small">{t("meet.feed.since", { when: minute(new Date(madeAt).toISOString()) })}</p>
      ) : null}
      <div className="acts">
        <Button className="button small" isDisabled={make.isPending} onPress={() => make.mutate()}>
          {t(madeAt ? "meet.feed.again" : "meet.feed.make")}
        </Button>
        {madeAt ? (
          <Button className="button small" isDisabled={end.isPending} onPress={() => end.mutate()}>
            {t("meet.feed.end")}
          </Button>
        ) : null}
      </div>
      <Refused why={fault instanceof ApiProblem ? noOf(fault) : fault?.message} />
    </section>
  );
}
