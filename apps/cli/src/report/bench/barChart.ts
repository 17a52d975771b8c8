/** @file Horizontal bars with a name before and a value behind each, and whiskers where there is a range. */
import * as Plot from '@observablehq/plot';
import type { Axis } from '../figures/axes.js';
import { drawPlot } from '../figures/plot.js';
import type { Html } from '../html.js';
import { rowFrame } from './rowFrame.js';

export interface Bar {
  readonly name: string;
  readonly colour: string;
  readonly value: number;
  /** Ends of the whisker. */
  readonly range?: readonly [number, number];
  /** The value as it is written. */
  readonly text: string;
}

export interface BarChart {
  readonly bars: readonly Bar[];
  readonly axis: Axis;
  readonly label: string;
  /** Draws a line where this value lies. */
  readonly mark?: number;
  /** What it shows, for those who do not see it. */
  readonly description: string;
}

const rowHeight = 34;

/**
 * Bars from zero on a linear axis. A logarithmic one has no zero, and a bar's length would mean nothing there: dots
 * stand at the values instead.
 */
export function drawBarChart({ bars, axis, label, mark, description }: BarChart): Html {
  const rows = bars.map((bar, row) => ({
    ...bar,
    row,
    low: bar.range?.[0] ?? bar.value,
    high: bar.range?.[1] ?? bar.value,
  }));
  type Row = (typeof rows)[number];
  const colour = ({ colour: own }: Row) => own;
  const isLinear = axis.type === 'linear';
  return drawPlot(
    {
      ...rowFrame({ rows: bars, rowHeight, axis, label }),
      y: {
        domain: rows.map(({ row }) => row),
        tickFormat: (row: number) => rows[row]!.name,
        tickSize: 0,
        label: null,
        padding: 0.35,
      },
      marks: [
        isLinear
          ? Plot.barX(rows, { x1: 0, x2: 'value', y: 'row', fill: colour, fillOpacity: 0.8 })
          : Plot.dot(rows, { x: 'value', y: 'row', r: 5, fill: colour }),
        Plot.ruleX([axis.domain[0]], { stroke: 'var(--axis)' }),
        ...(mark === undefined ? [] : [Plot.ruleX([mark], { stroke: 'var(--ink)', strokeDasharray: '4 3' })]),
        ...drawWhiskers(rows.filter(({ range }) => range !== undefined)),
        Plot.text(rows, {
          x: 'high',
          y: 'row',
          text: 'text',
          textAnchor: 'start',
          dx: 7,
          fill: 'currentColor',
          stroke: 'var(--paper)',
          strokeWidth: 3,
        }),
      ],
    },
    description,
  );
}

function drawWhiskers(rows: readonly { readonly low: number; readonly high: number }[]): Plot.Markish[] {
  const ink = { y: 'row', stroke: 'var(--ink)' };
  const end = { ...ink, inset: 7, strokeWidth: 1.5 };
  return [
    Plot.ruleY(rows, { ...ink, x1: 'low', x2: 'high', strokeWidth: 1.5 }),
    Plot.tickX(rows, { ...end, x: 'low' }),
    Plot.tickX(rows, { ...end, x: 'high' }),
  ];
}
