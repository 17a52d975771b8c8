import type { JudgedClaim } from '@polyneuron/experiments';
import { claimAxis } from './claimAxis.js';
import { printFigure, printMean } from './printFigure.js';

const width = 320;
const height = 60;
const [left, right] = [12, width - 12];
/** Heights of published marks, of ours, and of the axis. */
const rows = { published: 12, measured: 28, axis: 40 } as const;

/** Published and measured figures of a claim on one axis. */
export function ClaimChart({ judged }: { readonly judged: JudgedClaim }) {
  const axis = claimAxis(judged);
  if (!axis) return null;
  const place = (share: number) => left + share * (right - left);
  return (
    <svg class="claim-chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={describe(judged)}>
      {axis.band && (
        <rect
          class="band"
          x={place(axis.band[0])}
          y={4}
          width={Math.max(2, place(axis.band[1]) - place(axis.band[0]))}
          height={rows.axis - 4}
        />
      )}
      <path class="axis" d={`M${left} ${rows.axis}H${right}`} />
      {axis.ticks.map(({ at, text }) => (
        <g key={text}>
          <path class="axis" d={`M${place(at)} ${rows.axis}v4`} />
          <text x={place(at)} y={height - 4} text-anchor={anchorAt(at)}>
            {text}
          </text>
        </g>
      ))}
      {axis.published.map((at) => (
        <path key={at} class="published" d={`M${place(at)} ${rows.published - 6}l6 6l-6 6l-6 -6Z`} />
      ))}
      {axis.others.map((at, index) => (
        <path
          key={`${index} ${at}`}
          class="other"
          d={`M${place(at) - 4} ${rows.measured - 4}l8 8m0 -8l-8 8`}
        />
      ))}
      {axis.figures.map((at, index) => (
        <path key={`${index} ${at}`} class="seed" d={`M${place(at)} ${rows.measured - 6}v12`} />
      ))}
      {axis.mean && (
        <g class="measured">
          <path d={`M${place(axis.mean[0])} ${rows.measured}H${place(axis.mean[2])}`} />
          <circle cx={place(axis.mean[1])} cy={rows.measured} r={5} />
        </g>
      )}
    </svg>
  );
}

/** Labels near an end stay inside the chart. */
function anchorAt(share: number): 'start' | 'middle' | 'end' {
  if (share < 0.05) return 'start';
  return share > 0.95 ? 'end' : 'middle';
}

function describe(judged: JudgedClaim): string {
  const published = judged.published.map(printFigure).join(' and ') || 'no figure';
  const { check } = judged.claim;
  const rival =
    check.kind === 'below' ? `; ${check.other}: ${judged.others.map(printFigure).join(', ')}` : '';
  return `Published ${published}; measured ${printMean(judged)} over ${judged.figures.length} ${judged.figures.length === 1 ? 'seed' : 'seeds'}${rival}.`;
}
