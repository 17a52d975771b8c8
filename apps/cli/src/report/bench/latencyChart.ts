/** @file Latencies of single calls: a dot each, with a line at the median and one at the 95th percentile. */
import * as Plot from '@observablehq/plot';
import type { Axis } from '../figures/axes.js';
import { drawPlot } from '../figures/plot.js';
import type { Html } from '../html.js';
import { rowFrame } from './rowFrame.js';

export interface LatencyRow {
  readonly name: string;
  readonly colour: string;
  /** One per call. */
  readonly calls: readonly number[];
  readonly median: number;
  readonly p95: number;
  /** Median and 95th percentile as they are written. */
  readonly text: string;
}

export interface LatencyChart {
  readonly rows: readonly LatencyRow[];
  /** Logarithmic. */
  readonly axis: Axis;
  readonly label: string;
  /** What it shows, for those who do not see it. */
  readonly description: string;
}

const rowHeight = 40;
/** Calls are spread over this share of a row's height, so that dots do not cover each other. */
const spreadShare = 0.5;

export function drawLatencyChart({ rows, axis, label, description }: LatencyChart): Html {
  const dots = rows.flatMap(({ calls, colour }, row) =>
    calls.map((call, at) => ({ x: call, y: row + spreadShare * offsetOf(at), colour })),
  );
  const ends = rows.map((row, at) => ({ ...row, row: at, y1: at - 0.34, y2: at + 0.34 }));
  const tick = { y1: 'y1', y2: 'y2', stroke: 'var(--ink)' };
  return drawPlot(
    {
      ...rowFrame({ rows, rowHeight, axis, label }),
      y: {
        domain: [rows.length - 0.5, -0.5],
        ticks: rows.map((_, row) => row),
        tickFormat: (row: number) => rows[row]!.name,
        tickSize: 0,
        label: null,
      },
      marks: [
        Plot.dot(dots, { x: 'x', y: 'y', r: 1.8, fill: ({ colour }) => colour, fillOpacity: 0.35 }),
        Plot.ruleX([axis.domain[0]], { stroke: 'var(--axis)' }),
        Plot.ruleX(ends, { ...tick, x: 'median', strokeWidth: 2 }),
        Plot.ruleX(ends, { ...tick, x: 'p95', strokeWidth: 1.5, strokeDasharray: '3 2' }),
        Plot.text(ends, {
          x: axis.domain[1],
          y: 'row',
          text: 'text',
          textAnchor: 'start',
          dx: 7,
          fill: 'currentColor',
        }),
      ],
    },
    description,
  );
}

/** Between -0.5 and 0.5, neighbours far apart and the same in every drawing: multiples of the golden ratio. */
function offsetOf(at: number): number {
  return ((at * 0.6180339887) % 1) - 0.5;
}
