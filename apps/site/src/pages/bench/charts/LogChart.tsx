import type { ComponentChildren } from 'preact';
import { type LogAxis, printDecade } from './logAxis.js';

export const chartHeight = 340;
/** Room for the labels of the axes. */
export const margin = { left: 56, right: 16, top: 12, bottom: 44 } as const;

export interface LogChartProps {
  /** Name of the chart, and what it shows in a sentence. */
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly x: LogAxis;
  readonly y: LogAxis;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly children: ComponentChildren;
}

/** Frame, grid and labels of a chart with two logarithmic axes. */
export function LogChart({ title, description, width, x, y, xLabel, yLabel, children }: LogChartProps) {
  const [left, right] = [margin.left, width - margin.right];
  const [top, bottom] = [margin.top, chartHeight - margin.bottom];
  return (
    <svg
      class="log-chart"
      role="img"
      aria-label={`${title}. ${description}`}
      width={width}
      height={chartHeight}
      viewBox={`0 0 ${width} ${chartHeight}`}
    >
      {x.decades.map((decade) => (
        <g key={decade}>
          <path class="grid" d={`M${x.place(10 ** decade)} ${top}V${bottom}`} />
          <text class="tick" x={x.place(10 ** decade)} y={bottom + 16} text-anchor="middle">
            {printDecade(decade)}
          </text>
        </g>
      ))}
      {y.decades.map((decade) => (
        <g key={decade}>
          <path class="grid" d={`M${left} ${y.place(10 ** decade)}H${right}`} />
          <text class="tick" x={left - 6} y={y.place(10 ** decade) + 4} text-anchor="end">
            {printDecade(decade)}
          </text>
        </g>
      ))}
      <text class="axis-label" x={(left + right) / 2} y={chartHeight - 6} text-anchor="middle">
        {xLabel}
      </text>
      <text
        class="axis-label"
        transform={`translate(12 ${(top + bottom) / 2}) rotate(-90)`}
        text-anchor="middle"
      >
        {yLabel}
      </text>
      {children}
    </svg>
  );
}
