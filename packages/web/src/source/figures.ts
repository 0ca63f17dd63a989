/** Points and shares as the reader's language writes them. */
import { useIntl } from "react-intl";

export interface Figures {
  /** At most two decimals: more would be noise on a scale that people made up. */
  readonly points: (value: number) => string;
  /** With its sign, as a difference is written. */
  readonly gain: (value: number) => string;
  readonly share: (value: number) => string;
  readonly count: (value: number) => string;
}

export function useFigures(): Figures {
  const intl = useIntl();
  const format = (value: number, more: Parameters<typeof intl.formatNumber>[1]) =>
    // A rounded minus nothing is nothing, and a minus is no hyphen.
    intl.formatNumber(Object.is(value, -0) ? 0 : value, more).replace("-", "−");
  return {
    points: (value) => format(value, { maximumFractionDigits: 2 }),
    gain: (value) => format(value, { maximumFractionDigits: 2, signDisplay: "exceptZero" }),
    share: (value) => format(value, { style: "percent", maximumFractionDigits: 0 }),
    count: (value) => format(value, {}),
  };
}
