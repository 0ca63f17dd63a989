/** Seven steps in a row, each with its key. An exact number of points shows as such. */
import { type Mark, type Step, steps } from "@parley/core";
import type { ReactElement } from "react";
import { Button, Radio, RadioGroup } from "react-aria-components";
import { useWords } from "../../messages/words.ts";
import { useFigures } from "../../source/figures.ts";

export function StepChoice({
  mark,
  onMark,
  onFocus,
}: {
  mark: Mark | undefined;
  onMark: (step: Step | undefined) => void;
  onFocus: () => void;
}): ReactElement {
  const t = useWords();
  return (
    <div className="steps">
      <RadioGroup
        aria-label={t("step.label")}
        className="step-row"
        onChange={(value) => onMark(steps.find((step) => step === value))}
        onFocus={onFocus}
        orientation="horizontal"
        value={typeof mark === "string" ? mark : null}
      >
        {steps.map((step, index) => (
          <Radio
            aria-label={t(`step.${step}`)}
            className="step-cell"
            data-step={step}
            key={step}
            value={step}
          >
            {index + 1}
          </Radio>
        ))}
      </RadioGroup>
      <p className="row small step-said">
        {mark === undefined ? <Ends /> : <MarkWords mark={mark} />}
        {mark === undefined ? null : (
          <Button aria-label={t("step.clear")} className="link quiet" onPress={() => onMark(undefined)}>
            ×
          </Button>
        )}
      </p>
    </div>
  );
}

/** What the keys mean, until one of them is chosen. */
function Ends(): ReactElement {
  const t = useWords();
  const ends = steps.flatMap((step, index) => (index % 3 === 0 ? [`${index + 1} ${t(`step.${step}`)}`] : []));
  return <span className="quiet">{ends.join(" · ")}</span>;
}

export function MarkWords({ mark }: { mark: Mark | undefined }): ReactElement {
  const t = useWords();
  const { points } = useFigures();
  if (mark === undefined) return <span className="quiet">{t("step.none")}</span>;
  if (typeof mark === "string") return <strong>{t(`step.${mark}`)}</strong>;
  return <strong>{t("worth.exact", { points: points(mark) })}</strong>;
}
