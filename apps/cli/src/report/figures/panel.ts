/** @file One pair of axes with lines in it: the part that learning curves and `curves` figures share. */
import * as Plot from '@observablehq/plot';
import type { Html } from '../html.js';
import type { Identity } from '../identity.js';
import { formatCount, formatMeasure } from '../numbers.js';
import type { Axis } from './axes.js';
import { placeholder } from './frame.js';
import { type LineEnd, placeLabels, usesLetters } from './labels.js';
import { drawPlot } from './plot.js';
import { isGap, type Point, pointsOf, type Series, thinned } from './series.js';

export interface Panel {
  /** What the picture shows, as the beginning of its description in words. */
  readonly subject: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly identities: readonly Identity[];
}

const width = 480;
const height = 320;
const marginTop = 34;
const marginBottom = 44;
const labelGap = 15;
/** A generous width of a character, which still fits when the style sheet enlarges the font on narrow screens. */
const characterWidth = 8.5;

interface Line extends Identity {
  readonly name: string;
  readonly points: readonly Point[];
  readonly label: string;
}

export function drawPanel(panel: Panel): Html {
  const { x, y, series, identities, xLabel, yLabel } = panel;
  const showsLetters = usesLetters(series.map(({ name }) => name));
  const lines = series
    .map((one, index): Line => {
      const identity = identities[index]!;
      const label = series.length < 2 ? '' : showsLetters ? identity.letter : one.name;
      return { ...identity, name: one.name, label, points: pointsOf(one, y.type) };
    })
    .filter(({ points }) => !points.every(isGap));
  if (lines.length === 0) return placeholder('Nothing to plot: no finite value.');
  const longestTick = Math.max(...y.ticks.map((tick) => y.format(tick).length));
  const longestLabel = Math.max(...lines.map(({ label }) => label.length));
  return drawPlot(
    {
      width,
      height,
      marginTop,
      marginBottom,
      marginLeft: 18 + characterWidth * Math.max(longestTick, 2),
      marginRight: 16 + characterWidth * longestLabel,
      x: {
        type: 'linear',
        domain: x.domain,
        ticks: x.ticks,
        tickFormat: x.format,
        tickSize: 4,
        label: xLabel,
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
        label: yAxisLabel(yLabel, y),
        labelArrow: 'none',
        grid: true,
      },
      marks: [
        Plot.ruleY([y.domain[0]], { stroke: 'var(--axis)' }),
        ...lines.map(drawLine),
        ...lines.map(drawEnd),
        ...drawLabels(lines, panel),
      ],
    },
    describe(panel, lines),
  );
}

function drawLine({ name, points, colour, dash }: Line): Plot.Markish {
  return Plot.line(thinned(points), {
    x: 'x',
    y: 'y',
    stroke: colour,
    strokeWidth: 1.9,
    strokeDasharray: dash,
    title: () => name,
  });
}

/** A dot on the last point, and on points between two gaps, which have no line. */
function drawEnd({ points, colour }: Line): Plot.Markish {
  const end = lastDrawn(points);
  const lonely = points.filter((point, index) => {
    const neighbours = [points[index - 1], points[index + 1]];
    return !isGap(point) && neighbours.every((other) => other === undefined || isGap(other));
  });
  return Plot.dot([...new Set([...lonely, end])], { x: 'x', y: 'y', r: 2.8, fill: colour });
}

function drawLabels(lines: readonly Line[], { x, y }: Panel): readonly Plot.Markish[] {
  const bottom = height - marginBottom;
  const ends = lines.map(({ points }): LineEnd => {
    const last = lastDrawn(points);
    const isRising = last.y > points.find((point) => !isGap(point))!.y;
    return { x: x.position(last.x), y: bottom - y.position(last.y) * (bottom - marginTop), isRising };
  });
  const places = placeLabels(ends, labelGap, marginTop, bottom);
  return lines.map(({ points, label, colour }, index) =>
    Plot.text([lastDrawn(points)], {
      x: 'x',
      y: 'y',
      text: () => label,
      dx: 7,
      dy: places[index]! - ends[index]!.y,
      textAnchor: 'start',
      fontWeight: 600,
      fill: colour,
      stroke: 'var(--paper)',
      strokeWidth: 3,
    }),
  );
}

function lastDrawn(points: readonly Point[]): Point {
  return points.findLast((point) => !isGap(point))!;
}

function yAxisLabel(yLabel: string, { type }: Axis): string {
  return type === 'log' ? `${yLabel} (log scale)` : yLabel;
}

function describe({ subject, xLabel, yLabel, y }: Panel, lines: readonly Line[]): string {
  const parts = lines.map(({ name, points }) => {
    const drawn = points.filter((point) => !isGap(point));
    const last = drawn.at(-1)!;
    return `${name}: ${formatMeasure(drawn[0]!.y)} at first, ${formatMeasure(last.y)} at ${xLabel} ${formatCount(last.x)}.`;
  });
  return `${subject}. ${yAxisLabel(yLabel, y)} over ${xLabel}. ${parts.join(' ')}`;
}
