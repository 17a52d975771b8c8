/** @file One row per contender: the mean, its interval, and every single run. */
import * as Plot from '@observablehq/plot';
import { linearAxis, logAxis, spansTwoDecades } from '../figures/axes.js';
import { placeholder } from '../figures/frame.js';
import { drawPlot } from '../figures/plot.js';
import type { Html } from '../html.js';
import { formatMeasure } from '../numbers.js';

export interface IntervalRow {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly number[];
  readonly mean: number;
  readonly interval: readonly [number, number] | null;
}

const width = 640;
const rowHeight = 40;
const marginBottom = 46;
const characterWidth = 7.2;

/** Dots are runs, the bar is the mean, the line its 95 % interval. Rows in the order given, the first on top. */
export function drawIntervals(rows: readonly IntervalRow[], label: string): Html {
  const drawn = rows
    .filter(({ mean }) => Number.isFinite(mean))
    .map((one, row) => ({
      ...one,
      row,
      low: one.interval?.[0] ?? one.mean,
      high: one.interval?.[1] ?? one.mean,
    }));
  if (drawn.length === 0) return placeholder('Nothing to plot: every contender diverged.');
  const runs = drawn.flatMap(({ values, row, colour }) => values.map((value) => ({ value, row, colour })));
  const ends = drawn.flatMap(({ low, high }) => [low, high]);
  const values = [...runs.map(({ value }) => value), ...ends];
  const isLog = values.every((value) => value > 0) && spansTwoDecades(values);
  const axis = isLog ? logAxis(values) : linearAxis(values, 'nice');
  type Row = (typeof drawn)[number];
  const colour = ({ colour: own }: Pick<Row, 'colour'>) => own;
  return drawPlot(
    {
      width,
      height: drawn.length * rowHeight + marginBottom + 8,
      marginTop: 8,
      marginBottom,
      marginLeft: 14 + characterWidth * Math.max(...drawn.map(({ name }) => name.length)),
      marginRight: 70,
      x: {
        type: axis.type,
        domain: axis.domain,
        ticks: axis.ticks,
        tickFormat: axis.format,
        tickSize: 0,
        grid: true,
        label: isLog ? `${label} (log scale)` : label,
        labelAnchor: 'center',
        labelArrow: 'none',
        labelOffset: 38,
      },
      y: {
        domain: drawn.map(({ row }) => row),
        tickFormat: (row: number) => drawn[row]!.name,
        tickSize: 0,
        label: null,
        padding: 0.4,
      },
      marks: [
        Plot.ruleY(drawn, {
          y: 'row',
          x1: 'low',
          x2: 'high',
          stroke: colour,
          strokeWidth: 7,
          strokeOpacity: 0.25,
        }),
        Plot.dot(runs, {
          x: 'value',
          y: 'row',
          r: 3.2,
          stroke: colour,
          strokeWidth: 1.3,
          fill: 'var(--paper)',
        }),
        Plot.tickX(drawn, { x: 'mean', y: 'row', stroke: colour, strokeWidth: 3, inset: 2 }),
        Plot.text(drawn, {
          y: 'row',
          text: ({ mean }: Row) => formatMeasure(mean),
          frameAnchor: 'right',
          textAnchor: 'start',
          dx: 10,
          fill: 'currentColor',
        }),
      ],
    },
    `${label}: ${drawn.map(({ name, mean, low, high }) => `${name} ${formatMeasure(mean)}, 95 % interval ${formatMeasure(low)} to ${formatMeasure(high)}`).join('; ')}.`,
  );
}
