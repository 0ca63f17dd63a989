/** What each side said, side by side; one party's reading of it at a time; and making one's own. */
import type { AlignedPoint } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { PartyCode } from "../../frame/party.tsx";
import { useWords } from "../../messages/words.ts";
import { useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { Align } from "./align.tsx";
import type { Said } from "./claims.ts";
import { SideBySide } from "./side-by-side.tsx";
import { pointsIn, type Told } from "./told.ts";

export function Compared({ told, texts }: { told: Told; texts: readonly Said[] }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const may = useMay();
  const { sitting } = useSnapshot();
  const readings = told.readings.filter((one) => pointsIn(one, texts).length > 0);
  const [reader, setReader] = useState<string>();
  const [aligning, setAligning] = useState(false);
  const reading = readings.find(({ by }) => by === reader) ?? readings[0];
  const points = reading ? pointsIn(reading, texts) : [];
  const own = told.readings.find(({ by }) => by === sitting?.seat);
  const name = texts === told.expected ? "meet.align.before" : "meet.align";
  const ownHere = own ? pointsIn(own, texts) : [];
  if (aligning) {
    const others = own?.points.filter((point) => !ownHere.includes(point)) ?? [];
    return (
      <Align before={ownHere} onDone={() => setAligning(false)} others={others} texts={texts} told={told} />
    );
  }
  return (
    <>
      <p className="small quiet">{t(reading ? "meet.marks" : "meet.marks.none")}</p>
      <SideBySide all={texts} onPick={undefined} picked={[]} points={points} />
      {readings.length > 1 ? (
        <Choose
          choices={readings.map(({ by }) => ({ id: by, name: looks.get(by)?.name ?? by }))}
          label={t("meet.reading")}
          onChoose={setReader}
          value={reading?.by}
        />
      ) : null}
      {reading ? (
        <Points points={points} reader={looks.get(reading.by)?.name ?? reading.by} texts={texts} />
      ) : null}
      {texts.length > 1 && may("ReadoutsAligned", told.audience) ? (
        <div className="acts">
          <Button className="button" onPress={() => setAligning(true)}>
            {t(ownHere.length > 0 ? `${name}.again` : name)}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Points({
  points,
  texts,
  reader,
}: {
  points: readonly AlignedPoint[];
  texts: readonly Said[];
  reader: string;
}): ReactElement {
  const t = useWords();
  return (
    <table className="points">
      <caption>{t("meet.points", { party: reader })}</caption>
      <tbody>
        {points.map((point, index) => (
          <tr data-relation={point.relation} key={`${point.subject} ${point.claims[0]?.from}`}>
            <td>{index + 1}</td>
            <th scope="row">
              <bdi>{point.subject}</bdi>
            </th>
            <td>
              {t(`meet.relation.${point.relation}`)} <Owner point={point} texts={texts} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Of what one side alone says: which side. */
function Owner({ point, texts }: { point: AlignedPoint; texts: readonly Said[] }): ReactElement | null {
  const looks = useLooks();
  if (point.relation !== "one") return null;
  const of = texts.find(({ id }) => id === point.claims[0]?.readout)?.of;
  const look = of ? looks.get(of) : undefined;
  return look ? <PartyCode look={look} /> : null;
}
