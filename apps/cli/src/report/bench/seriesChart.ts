/** @file Lines over the sizes of a series on logarithmic axes, each with a band for its spread. */
import * as Plot from '@observablehq/plot';
import type { Axis } from '../figures/axes.js';
import { type LineEnd, placeLabels } from '../figures/labels.js';
import { drawPlot } from '../figures/plot.js';
import type { Html } from '../html.js';
import type { Identity } from '../identity.js';
import { formatCount } from '../numbers.js';

export interface SeriesPoint {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

export interface SeriesLine {
  readonly name: string;
  readonly identity: Identity;
  /** By x, at least one. */
  readonly points: readonly SeriesPoint[];
}

export interface SeriesChart {
  readonly lines: readonly SeriesLine[];
  /** A bound: what no line should lie below. */
  readonly bound?: readonly { readonly x: number; readonly y: number }[];
  /** Draws a line where y has this value. */
  readonly mark?: number;
  readonly x: Axis;
  readonly y: Axis;
  readonly xLabel: string;
  readonly yLabel: string;
  /** What it shows, for those who do not see it. */
  readonly description: string;
}

const width = 480;
const height = 320;
const marginTop = 34;
const marginBottom = 44;
const labelGap = 15;
/** As in the other panels: it still fits when the style sheet enlarges the font on narrow screens. */
const characterWidth = 8.5;

/** The sizes of a series as ticks of a logarithmic axis that ends at the least and the largest. */
export function sizeAxis(values: readonly number[]): Axis {
  const ticks = [...new Set(values)].sort((a, b) => a - b);
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  return {
    type: 'log',
    domain: [low, high],
    ticks,
    format: formatCount,
    position: (value) => Math.log(value / low) / Math.log(high / low),
  };
}

export function drawSeriesChart(chart: SeriesChart): Html {
  const { lines, bound = [], mark, x, y, xLabel, yLabel, description } = chart;
  const longestTick = Math.max(...y.ticks.map((tick) => y.format(tick).length));
  return drawPlot(
    {
      width,
      height,
      marginTop,
      marginBottom,
      marginLeft: 18 + characterWidth * longestTick,
      marginRight: 16 + 2 * characterWidth,
      x: {
        // Positions are computed here: the library's logarithmic axis leaves labels such as 64 out.
        type: 'linear',
        domain: [0, 1],
        ticks: x.ticks.map((tick) => x.position(tick)),
        tickFormat: (_: number, index: number) => x.format(x.ticks[index]!),
        tickSize: 4,
        label: `${xLabel} (log scale)`,
        labelAnchor: 'center',
        labelArrow: 'none',
        labelOffset: 38,
      },
      y: {
        type: y.type,
        domain: y.domain,
        ticks: y.ticks,
        tickFormat: y.format,
        tickSize: 0,
        label: y.type === 'log' ? `${yLabel} (log scale)` : yLabel,
        labelArrow: 'none',
        grid: true,
      },
      marks: [
        Plot.ruleY([y.domain[0]], { stroke: 'var(--axis)' }),
        ...(mark === undefined ? [] : [Plot.ruleY([mark], { stroke: 'var(--ink)', strokeDasharray: '4 3' })]),
        ...(bound.length > 1
          ? [Plot.line(bound, { x: along(x), y: 'y', stroke: 'var(--axis)', strokeDasharray: '4 3' })]
          : []),
        ...lines.map((line) => drawBand(line, x)),
        ...lines.map((line) => drawLine(line, x)),
        ...lines.map((line) => drawDots(line, x)),
        ...drawLetters(lines, x, y),
      ],
    },
    description,
  );
}

/** Where a point stands along the axis. */
function along(axis: Axis): (point: { readonly x: number }) => number {
  return ({ x }) => axis.position(x);
}

function drawBand({ points, identity }: SeriesLine, x: Axis): Plot.Markish {
  return Plot.areaY(points, { x: along(x), y1: 'low', y2: 'high', fill: identity.colour, fillOpacity: 0.16 });
}

function drawLine({ name, points, identity }: SeriesLine, x: Axis): Plot.Markish {
  const { colour, dash } = identity;
  return Plot.line(points, {
    x: along(x),
    y: 'y',
    stroke: colour,
    strokeWidth: 1.9,
    strokeDasharray: dash,
    title: () => name,
  });
}

function drawDots({ points, identity }: SeriesLine, x: Axis): Plot.Markish {
  return Plot.dot(points, { x: along(x), y: 'y', r: 2.4, fill: identity.colour });
}

/** The letter of the legend at the end of each line, where there are several. */
function drawLetters(lines: readonly SeriesLine[], x: Axis, y: Axis): readonly Plot.Markish[] {
  if (lines.length < 2) return [];
  const bottom = height - marginBottom;
  const ends = lines.map(({ points }): LineEnd => {
    const last = points.at(-1)!;
    const isRising = last.y > points[0]!.y;
    return { x: x.position(last.x), y: bottom - y.position(last.y) * (bottom - marginTop), isRising };
  });
  const places = placeLabels(ends, labelGap, marginTop, bottom);
  return lines.map(({ points, identity }, index) =>
    Plot.text([points.at(-1)!], {
      x: along(x),
      y: 'y',
      text: () => identity.letter,
      dx: 7,
      dy: places[index]! - ends[index]!.y,
      textAnchor: 'start',
      fontWeight: 600,
      fill: identity.colour,
      stroke: 'var(--paper)',
      strokeWidth: 3,
    }),
  );
}
