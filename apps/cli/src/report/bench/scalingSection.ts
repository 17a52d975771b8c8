/** @file How times grow: one chart per family and series, and what threads gain along it. */
import { type AxisSeries, axisSeries, type BenchReport, type BenchResult } from '@polyneuron/bench';
import { linearAxis, logAxis } from '../figures/axes.js';
import { renderFrame } from '../figures/frame.js';
import { type Html, html, nothing } from '../html.js';
import { swatch } from '../identity.js';
import { formatMeasure, formatMilliseconds } from '../numbers.js';
import { drawSeriesChart, type SeriesLine, sizeAxis } from './seriesChart.js';
import { type Setting, settingName } from './settings.js';

type Placed = BenchResult & { readonly axis: NonNullable<BenchResult['axis']> };

interface Group {
  readonly family: string;
  readonly series: AxisSeries;
  readonly results: readonly Placed[];
}

/** The section of all series of which at least two sizes were timed; nothing where there is none. */
export function renderScaling({ results, peak }: BenchReport, settings: readonly Setting[]): Html {
  const groups = groupsOf(results);
  if (groups.length === 0) return nothing;
  const bound = peak?.gflops;
  return html`<section class="experiment" aria-labelledby="scaling-title"><h2 id="scaling-title">How times grow</h2>
<div class="figures">${groups.map((group) => html`${renderGrowth(group, settings, bound)}${renderGain(group, settings)}`)}</div></section>
`;
}

function groupsOf(results: readonly BenchResult[]): readonly Group[] {
  const placed = results.filter((result): result is Placed => result.axis !== undefined);
  const families = [...new Set(placed.map(({ axis }) => axis.family))];
  return families
    .flatMap((family) =>
      axisSeries.map((series) => ({
        family,
        series,
        results: placed.filter(({ axis }) => axis.family === family && axis.series === series),
      })),
    )
    .filter((group) => new Set(group.results.map(({ axis }) => axis.value)).size > 1);
}

function renderGrowth(
  { family, series, results }: Group,
  settings: readonly Setting[],
  peakGflops: number | undefined,
): Html {
  const lines = settings.flatMap(({ name, identity }): SeriesLine[] => {
    const own = bySize(results.filter((result) => settingName(result) === name));
    const points = own.map(({ axis, median, p25, p75 }) => ({
      x: axis.value,
      y: median,
      low: p25,
      high: p75,
    }));
    return points.length === 0 ? [] : [{ name, identity, points }];
  });
  const bound = peakGflops === undefined ? [] : timesAtPeak(results, peakGflops);
  const values = [...lines.flatMap(({ points }) => points.flatMap(({ y, low, high }) => [y, low, high]))];
  const unit = results[0]!.unit;
  const title = `${family}: ${unit} by ${series}`;
  return renderFrame({
    title,
    span: 'half',
    legend: renderLetters(lines),
    body: drawSeriesChart({
      lines,
      bound,
      x: sizeAxis(results.map(({ axis }) => axis.value)),
      y: logAxis([...values, ...bound.map(({ y }) => y)]),
      xLabel: series,
      yLabel: unit,
      description: describe(title, lines, formatMilliseconds),
    }),
    notes: [
      'Lines: medians; bands: from the first to the third quartile.',
      ...(bound.length > 0 ? ['Dashed grey: the arithmetic at the measured peak of one thread.'] : []),
    ],
  });
}

/** What the arithmetic of each size would take at the peak of one thread. */
function timesAtPeak(results: readonly Placed[], gflops: number) {
  const sizes = new Map(results.filter(({ flops }) => flops > 0).map((one) => [one.axis.value, one.flops]));
  return [...sizes].sort(([a], [b]) => a - b).map(([x, flops]) => ({ x, y: flops / (gflops * 1e6) }));
}

/** How many times as fast several threads are as one, for contenders that took part with both. */
function renderGain({ family, series, results }: Group, settings: readonly Setting[]): Html {
  const lines = settings.flatMap(({ name, identity }): SeriesLine[] => {
    const several = bySize(results.filter((one) => settingName(one) === name && one.threads > 1));
    const points = several.flatMap((one) => {
      const single = results.find(
        (other) => settingName(other) === settingName({ ...one, threads: 1 }) && other.case === one.case,
      );
      if (single === undefined) return [];
      const ratio = single.median / one.median;
      return [{ x: one.axis.value, y: ratio, low: ratio, high: ratio }];
    });
    return points.length > 1 ? [{ name, identity, points }] : [];
  });
  if (lines.length === 0) return nothing;
  const title = `${family}: gain from threads by ${series}`;
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y));
  return renderFrame({
    title,
    span: 'half',
    legend: renderLetters(lines),
    body: drawSeriesChart({
      lines,
      mark: 1,
      x: sizeAxis(results.map(({ axis }) => axis.value)),
      y: linearAxis([0, 1, ...values], 'nice'),
      xLabel: series,
      yLabel: 'times as fast as one thread',
      description: describe(title, lines, formatMeasure),
    }),
    notes: ['Median of one thread over the median of several; the dashed line is no gain.'],
  });
}

function bySize(results: readonly Placed[]): readonly Placed[] {
  return [...results].sort((a, b) => a.axis.value - b.axis.value);
}

/** Letters stand at the lines, so the legend is there for a single line too. */
function renderLetters(lines: readonly SeriesLine[]): Html {
  const showsLetter = lines.length > 1;
  return html`<ul class="legend">${lines.map(({ name, identity }) => html`<li>${swatch(identity, showsLetter)}${name}</li>`)}</ul>
`;
}

function describe(title: string, lines: readonly SeriesLine[], format: (value: number) => string): string {
  const parts = lines.map(
    ({ name, points }) =>
      `${name}: ${format(points[0]!.y)} at ${points[0]!.x}, ${format(points.at(-1)!.y)} at ${points.at(-1)!.x}.`,
  );
  return `${title}. ${parts.join(' ')}`;
}
