/** @file The charts of one case: times, and shares of the peak. */
import type { BenchResult } from '@polyneuron/bench';
import { linearAxis, logAxis, spansTwoDecades } from '../figures/axes.js';
import { renderFrame } from '../figures/frame.js';
import { type Html, html } from '../html.js';
import { formatMilliseconds } from '../numbers.js';
import { type Bar, drawBarChart } from './barChart.js';
import { type Setting, settingOf } from './settings.js';

export function renderCaseFigures(results: readonly BenchResult[], settings: readonly Setting[]): Html {
  const shares = results.filter(({ shareOfPeak }) => shareOfPeak !== undefined);
  return html`<div class="figures">${renderTimes(results, settings)}${shares.length > 0 ? renderShares(shares, settings) : ''}</div>`;
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

function barOf(result: BenchResult, settings: readonly Setting[]): Pick<Bar, 'name' | 'colour'> {
  const { name, identity } = settingOf(settings, result);
  return { name, colour: identity.colour };
}

/** 0.27 is '27.0 %'. */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
