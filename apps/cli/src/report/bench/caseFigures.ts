/** @file The charts of one case: times, shares of the peak, first results, memory. */
import type { BenchResult } from '@polyneuron/bench';
import { linearAxis, logAxis, spansTwoDecades } from '../figures/axes.js';
import { renderFrame } from '../figures/frame.js';
import { type Html, html, nothing } from '../html.js';
import { formatMeasure, formatMilliseconds } from '../numbers.js';
import { type Bar, drawBarChart } from './barChart.js';
import { drawLatencyChart } from './latencyChart.js';
import { type Setting, settingOf } from './settings.js';

type Unit = BenchResult['unit'];
type Render = (results: readonly BenchResult[], settings: readonly Setting[]) => Html;

/** Timings are means of many runs, but for calls: each is one, and their spread is what counts. */
const timesOf: { readonly [U in Unit]: Render } = {
  'ms/step': renderTimes,
  'ms/run': renderTimes,
  ms: renderTimes,
  'ms/call': renderLatencies,
};

export function renderCaseFigures(results: readonly BenchResult[], settings: readonly Setting[]): Html {
  const shares = results.filter(({ shareOfPeak }) => shareOfPeak !== undefined);
  const held = results.filter(({ memoryBytes }) => memoryBytes !== undefined);
  return html`<div class="figures">${timesOf[results[0]!.unit](results, settings)}${shares.length > 0 ? renderShares(shares, settings) : nothing}${renderFirst(results, settings)}${held.length > 0 ? renderMemory(held, settings) : nothing}</div>`;
}

function renderTimes(results: readonly BenchResult[], settings: readonly Setting[]): Html {
  const values = results.flatMap(({ p5, median, p95 }) => [p5, median, p95]);
  const isLogarithmic = spansTwoDecades(values);
  const bars = results.map((result): Bar => {
    const { median, p5, p95 } = result;
    const text = formatMilliseconds(median);
    return { ...barOf(result, settings), value: median, range: [p5, p95], text };
  });
  const unit = results[0]!.unit;
  const words = bars.map(
    ({ name, text, range }) => `${name}: ${text}, ${range!.map(formatMilliseconds).join(' to ')}.`,
  );
  return renderFrame({
    title: 'Time, less is better',
    span: 'half',
    body: drawBarChart({
      bars,
      axis: isLogarithmic ? logAxis(values) : linearAxis([0, ...values], 'nice'),
      label: isLogarithmic ? `${unit} (log scale)` : unit,
      description: `Medians in ${unit}, with the range from the 5th to the 95th percentile. ${words.join(' ')}`,
    }),
    notes: [
      `${isLogarithmic ? 'Dots' : 'Bars'}: medians of the rounds; whiskers: from the 5th to the 95th percentile.`,
    ],
  });
}

function renderLatencies(results: readonly BenchResult[], settings: readonly Setting[]): Html {
  const rows = results.map((result) => {
    const { median, p95, timings = [] } = result;
    const text = [median, p95].map(formatMilliseconds).join(' / ');
    return { ...barOf(result, settings), calls: timings, median, p95, text };
  });
  const unit = results[0]!.unit;
  const words = rows.map(({ name, text }) => `${name}: ${text}.`);
  return renderFrame({
    title: 'Latency, less is better',
    span: 'half',
    body: drawLatencyChart({
      rows,
      axis: logAxis(rows.flatMap(({ calls, median, p95 }) => [...calls, median, p95])),
      label: `${unit} (log scale)`,
      description: `Medians and 95th percentiles in ${unit}. ${words.join(' ')}`,
    }),
    notes: ['A dot for each call; solid: the median; dashed: the 95th percentile; both at the right.'],
  });
}

function renderShares(results: readonly BenchResult[], settings: readonly Setting[]): Html {
  const bars = results.map((result): Bar => {
    const share = result.shareOfPeak!;
    return { ...barOf(result, settings), value: 100 * share, text: formatPercent(share) };
  });
  const words = bars.map(({ name, text }) => `${name}: ${text}.`);
  return renderFrame({
    title: 'Share of the peak, more is better',
    span: 'half',
    body: drawBarChart({
      bars,
      axis: linearAxis([0, 100, ...bars.map(({ value }) => value)], 'nice'),
      label: '%',
      mark: 100,
      description: `Arithmetic per second as a share of the measured peak. ${words.join(' ')}`,
    }),
    notes: ['Of the multiply-add peak of WebAssembly SIMD measured in the same process, times the threads.'],
  });
}

/** Compile, upload and the runs of the check: once, so without a spread. */
function renderFirst(results: readonly BenchResult[], settings: readonly Setting[]): Html {
  const values = results.map(({ firstCallMs }) => firstCallMs);
  const isLogarithmic = spansTwoDecades(values);
  const bars = results.map((result): Bar => {
    const { firstCallMs } = result;
    return { ...barOf(result, settings), value: firstCallMs, text: formatMilliseconds(firstCallMs) };
  });
  const words = bars.map(({ name, text }) => `${name}: ${text}.`);
  return renderFrame({
    title: 'Time to the first result, less is better',
    span: 'half',
    body: drawBarChart({
      bars,
      axis: isLogarithmic ? logAxis(values) : linearAxis([0, ...values], 'nice'),
      label: isLogarithmic ? 'ms (log scale)' : 'ms',
      description: `Milliseconds from the case to its first result. ${words.join(' ')}`,
    }),
    notes: ['Compiling, loading and the runs of the check, once.'],
  });
}

function renderMemory(results: readonly BenchResult[], settings: readonly Setting[]): Html {
  const bars = results.map((result): Bar => {
    const mebibytes = result.memoryBytes! / 2 ** 20;
    return { ...barOf(result, settings), value: mebibytes, text: formatMeasure(mebibytes) };
  });
  const words = bars.map(({ name, text }) => `${name}: ${text}.`);
  return renderFrame({
    title: 'Memory at its highest, less is better',
    span: 'half',
    body: drawBarChart({
      bars,
      axis: linearAxis([0, ...bars.map(({ value }) => value)], 'nice'),
      label: 'MiB',
      description: `Mebibytes that the processes of each contender held at most. ${words.join(' ')}`,
    }),
    notes: ['Of the processes that computed, code and runtime included.'],
  });
}

function barOf(result: BenchResult, settings: readonly Setting[]): Pick<Bar, 'name' | 'colour'> {
  const { name, identity } = settingOf(settings, result);
  return { name, colour: identity.colour };
}

/** 0.27 is '27.0 %'. */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
