import type { JudgedClaim } from '@polyneuron/experiments';

/** Where the figures of a claim stand on one axis, as shares of its length. */
export interface ClaimAxis {
  readonly isLogarithmic: boolean;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly published: readonly number[];
  /** What the tolerance allows. */
  readonly band: readonly [number, number] | undefined;
  readonly figures: readonly number[];
  readonly others: readonly number[];
  /** Mean less spread, mean, mean plus spread; by factors where the claim goes by factors. */
  readonly mean: readonly [number, number, number] | undefined;
}

/** undefined where no figure is finite, or the claim is about a count. */
export function claimAxis(judged: JudgedClaim): ClaimAxis | undefined {
  const { claim, figures, others, published, mean, spread, isByFactor } = judged;
  if (claim.check.kind === 'equals') return undefined;
  const interval: readonly [number, number, number] = isByFactor
    ? [mean / spread, mean, mean * spread]
    : [mean - spread, mean, mean + spread];
  const band = bandOf(judged);
  const usable = [...figures, ...others, ...published, ...interval, ...(band ?? [])].filter((value) =>
    isByFactor ? value > 0 && Number.isFinite(value) : Number.isFinite(value),
  );
  if (figures.filter(Number.isFinite).length === 0 || usable.length < 2) return undefined;
  const scale = isByFactor ? Math.log10 : (value: number) => value;
  const [low, high] = widened(Math.min(...usable.map(scale)), Math.max(...usable.map(scale)));
  const place = (value: number) => Math.min(1, Math.max(0, (scale(value) - low) / (high - low)));
  const finite = (values: readonly number[]) => values.filter(Number.isFinite).map(place);
  return {
    isLogarithmic: isByFactor,
    ticks: isByFactor ? decadeTicks(low, high) : [low, (low + high) / 2, high].map((at) => tick(at, place)),
    published: finite(published),
    band: band && [place(band[0]), place(band[1])],
    figures: finite(figures),
    others: finite(others),
    mean: interval.every(Number.isFinite)
      ? [place(interval[0]), place(interval[1]), place(interval[2])]
      : undefined,
  };
}

/** Ends of what the tolerance allows; 0 stands for an open end, which is left of every error. */
function bandOf({ claim: { check } }: JudgedClaim): readonly [number, number] | undefined {
  if (check.kind === 'within') return [check.published / check.factor, check.published * check.factor];
  if (check.kind === 'between') return [check.low / check.factor, check.high * check.factor];
  if (check.kind === 'near') return [check.published - check.margin, check.published + check.margin];
  if (check.kind === 'atMost') return [0, check.published * check.factor];
  return undefined;
}

function widened(low: number, high: number): readonly [number, number] {
  const room = 0.06 * (high - low) || 0.5;
  return [low - room, high + room];
}

function tick(
  value: number,
  place: (value: number) => number,
): { readonly at: number; readonly text: string } {
  return { at: place(value), text: String(Number(value.toPrecision(3))) };
}

/** At most five powers of ten; the ends and the middle where less than two lie on the axis. */
function decadeTicks(low: number, high: number): ClaimAxis['ticks'] {
  const exponents = Array.from(
    { length: Math.floor(high) - Math.ceil(low) + 1 },
    (_, at) => Math.ceil(low) + at,
  );
  if (exponents.length < 2)
    return [low, (low + high) / 2, high].map((exponent) => ({
      at: (exponent - low) / (high - low),
      text: printTick(10 ** exponent),
    }));
  const every = Math.max(1, Math.ceil(exponents.length / 5));
  return exponents
    .filter((_, at) => at % every === 0)
    .map((exponent) => ({ at: (exponent - low) / (high - low), text: `1e${exponent}` }));
}

/** Two significant digits. */
function printTick(value: number): string {
  return value >= 1e5 || value < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(2)));
}
