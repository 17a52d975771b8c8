/** @file The figure kind 'boundary': points of two classes and the half-plane that a perceptron gives to the positive one. */
import * as Plot from '@observablehq/plot';
import type { Figure } from '@polyneuron/experiments';
import { type Html, html } from '../html.js';
import { formatMeasure } from '../numbers.js';
import { extent, isPlottable, linearAxis } from './axes.js';
import { countOf, placeholder, renderFrame } from './frame.js';
import { clipToHalfPlane, type Vertex } from './halfPlane.js';
import { drawPlot } from './plot.js';

type Boundary = Figure & { kind: 'boundary' };

const side = 400;
/** Share of the points' range that is left free on each side. */
const margin = 0.2;

export function renderBoundary({ title, points, weight, bias }: Boundary): Html {
  const drawn = points.filter(({ x, y }) => isPlottable(x, 'linear') && isPlottable(y, 'linear'));
  if (drawn.length === 0) {
    const reason = points.length === 0 ? 'no point' : 'no point with finite coordinates';
    return renderFrame({ title, span: 'half', body: placeholder(`Nothing to plot: ${reason}.`) });
  }
  const [xRange, yRange] = squareRanges(drawn);
  const hasLine =
    [...weight, bias].every((value) => isPlottable(value, 'linear')) && weight.some((value) => value !== 0);
  const { region, line } = hasLine ? clipToHalfPlane(xRange, yRange, weight, bias) : { region: [], line: [] };
  const options = plotOptions(xRange, yRange, [
    Plot.line(region, { curve: 'linear-closed', fill: 'var(--series-0)', fillOpacity: 0.12, stroke: 'none' }),
    Plot.line(line, { stroke: 'currentColor', strokeWidth: 2 }),
    Plot.dot(
      drawn.filter(({ isPositive }) => isPositive),
      { x: 'x', y: 'y', r: 5.5, fill: 'var(--series-0)', stroke: 'var(--paper)' },
    ),
    Plot.dot(
      drawn.filter(({ isPositive }) => !isPositive),
      { x: 'x', y: 'y', r: 5, symbol: 'times', stroke: 'var(--series-1)', strokeWidth: 2.4 },
    ),
  ]);
  const equation = `${formatMeasure(weight[0])}·x₀ ${signed(weight[1])}·x₁ ${signed(bias)} = 0`;
  const positive = drawn.filter(({ isPositive }) => isPositive).length;
  const classes = `${countOf(positive, 'positive point')}, ${countOf(drawn.length - positive, 'negative point')}`;
  const omitted = points.length - drawn.length;
  return renderFrame({
    title,
    span: 'half',
    legend,
    body: drawPlot(options, `${title}. ${classes}. ${hasLine ? `Boundary: ${equation}.` : ''}`.trim()),
    notes: [
      hasLine ? `Line: ${equation}.` : 'No boundary: the weights are zero or not finite.',
      ...(hasLine && line.length === 0 ? ['It lies outside the picture.'] : []),
      ...(omitted > 0 ? [`Left out: ${countOf(omitted, 'point')} without finite coordinates.`] : []),
    ],
  });
}

/** Both ranges of one width, so that a right angle looks like one. */
function squareRanges(points: Boundary['points']): readonly [Vertex, Vertex] {
  const ranges = [extent(points.map(({ x }) => x)), extent(points.map(({ y }) => y))] as const;
  const width = Math.max(...ranges.map(([low, high]) => high - low)) || 1;
  const half = width * (0.5 + margin);
  const [x, y] = ranges.map(([low, high]): Vertex => [(low + high) / 2 - half, (low + high) / 2 + half]);
  return [x!, y!];
}

function plotOptions(xRange: Vertex, yRange: Vertex, marks: Plot.Markish[]): Plot.PlotOptions {
  const [x, y] = [linearAxis(xRange, 'tight'), linearAxis(yRange, 'tight')];
  const shared = { tickSize: 0, grid: true, labelArrow: 'none' } as const;
  return {
    width: side,
    height: side,
    marginLeft: 50,
    marginRight: 22,
    marginTop: 34,
    marginBottom: 38,
    x: {
      domain: x.domain,
      ticks: x.ticks,
      tickFormat: x.format,
      label: 'x₀',
      labelAnchor: 'center',
      ...shared,
    },
    y: { domain: y.domain, ticks: y.ticks, tickFormat: y.format, label: 'x₁', ...shared },
    marks,
  };
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'} ${formatMeasure(Math.abs(value))}`;
}

const legend: Html = html`<ul class="legend">
<li><svg class="symbol" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true"><circle r="5.5" fill="var(--series-0)"/></svg>positive</li>
<li><svg class="symbol" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true"><path d="M-4,-4L4,4M-4,4L4,-4" stroke="var(--series-1)" stroke-width="2.4"/></svg>negative</li>
<li><span class="patch" aria-hidden="true"></span>classified as positive</li>
</ul>
`;
