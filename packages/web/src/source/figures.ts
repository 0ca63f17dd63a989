/** Points and shares as the reader's language writes them. */
import { useIntl } from "react-intl";

/** What a hundredth is off by as a binary fraction. */
const closely = 1e-9;

export interface Figures {
  /** At most two decimals: more would be noise on a scale that people made up. */
  readonly points: (value: number) => string;
  /** With its sign, as a difference is written. */
  readonly gain: (value: number) => string;
  readonly share: (value: number) => string;
  /** A share that is not passed, and one that is reached: rounded so that it is still true. */
  readonly atMost: (value: number) => string;
  readonly atLeast: (value: number) => string;
  readonly count: (value: number) => string;
}

export function useFigures(): Figures {
  const intl = useIntl();
  const format = (value: number, more: Parameters<typeof intl.formatNumber>[1]) =>
    // A rounded minus nothing is nothing, and a minus is no hyphen.
    intl.formatNumber(Object.is(value, -0) ? 0 : value, more).replace("-", "−");
  const share = (value: number) => format(value, { style: "percent", maximumFractionDigits: 0 });
  return {
    points: (value) => format(value, { maximumFractionDigits: 2 }),
    gain: (value) => format(value, { maximumFractionDigits: 2, signDisplay: "exceptZero" }),
    share,
    atMost: (value) => share(Math.ceil(value * 100 - closely) / 100),
    atLeast: (value) => share(Math.floor(value * 100 + closely) / 100),
    count: (value) => format(value, {}),
  };
}
