import { threeDigits } from '../formulaTerms.js';

export interface CurvePlotProps {
  readonly title: string;
  /** Heights at even distances of x from -1 to 1. */
  readonly heights: readonly number[];
  /** The plot goes from -limit to limit. */
  readonly limit: number;
  /** Coefficients, as stems below the curve. */
  readonly stems?: readonly number[];
}

const side = 84;

/** A function of one input over [-1, 1], as a small SVG, its coefficients as stems. */
export function CurvePlot({ title, heights, limit, stems = [] }: CurvePlotProps) {
  const up = (value: number) =>
    round(side / 2 - (limit > 0 ? Math.max(-1, Math.min(1, value / limit)) : 0) * (side / 2 - 4));
  const path = heights
    .map((height, at) => `${round((at / (heights.length - 1)) * side)} ${up(height)}`)
    .join('L');
  const largest = Math.max(1e-12, ...stems.map(Math.abs));
  return (
    <figure class="curve-plot">
      <svg
        viewBox={`0 0 ${side} ${side}`}
        width={side}
        height={side}
        role="img"
        aria-label={`${title}: ${threeDigits(heights[0])} at −1, ${threeDigits(heights[heights.length >> 1])} at 0, ${threeDigits(heights[heights.length - 1])} at 1`}
      >
        <path class="plot-axis" d={`M0 ${side / 2}H${side}M${side / 2} 0V${side}`} />
        {stems.map((stem, at) => {
          const x = round(((at + 0.5) / stems.length) * side);
          return (
            <path
              key={at}
              class={stem < 0 ? 'stem is-negative' : 'stem'}
              d={`M${x} ${side}v${round((-Math.abs(stem) / largest) * 20 - 1)}`}
            />
          );
        })}
        <path class="plot-curve" d={`M${path}`} />
      </svg>
      <figcaption>{title}</figcaption>
    </figure>
  );
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}
