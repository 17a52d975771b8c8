/** @file The HTML page of a comparison. */
import type { ComparedContender, Comparison } from '../../compare/comparison.js';
import { formatResidue, ranked } from '../../compare/renderComparisonText.js';
import { verdictOf } from '../../compare/verdict.js';
import { type Cell, emptyCell, numberCell, renderTable, textCell } from '../dataTable.js';
import { renderDocument } from '../document.js';
import { linearAxis, logAxis, spansTwoDecades } from '../figures/axes.js';
import { renderFrame, renderLegend } from '../figures/frame.js';
import { drawPanel } from '../figures/panel.js';
import type { Series } from '../figures/series.js';
import { type Html, html, nothing } from '../html.js';
import { type Identity, identityOf, swatch } from '../identity.js';
import { formatCount, formatMeasure, formatSeconds } from '../numbers.js';
import { drawIntervals } from './intervalChart.js';
import { renderReadings } from './readings.js';

const pageStyles = `
main .scroll + .scroll, main figure + .scroll { margin-top: 2rem; }
.maps { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1.5rem; }
@media print { .maps { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
`;

/** A comparison as one HTML page that needs nothing else. */
export function renderComparison(comparison: Comparison, version: string): string {
  const { task, metric, seeds, budget, measure } = comparison;
  const order = ranked(comparison);
  const identities = new Map(order.map((one, at) => [one.name, identityOf(at)]));
  const better = metric.isHigherBetter ? 'higher is better' : 'lower is better';
  return renderDocument({
    title: `comparison on ${task}`,
    lead: `${order.length} kinds of model, each as large as ${formatCount(budget)} ${measure} allow, trained from ${seeds.length} seeds. Every contender got the learning rate that did best for it on held-out training samples; the test set was looked at afterwards.`,
    facts: factsOf(comparison),
    contents: nothing,
    main: {
      id: 'results',
      name: 'results',
      body: html`<section class="experiment" aria-labelledby="ranking"><h2 id="ranking">Test ${metric.name}, ${better}</h2>
${renderFrame({
  title: `${metric.name} on the test set`,
  span: 'full',
  body: drawIntervals(
    order.map((one) => {
      const { values, mean, interval } = one.test[metric.name]!;
      return { name: one.name, colour: identities.get(one.name)!.colour, values, mean, interval };
    }),
    metric.name,
  ),
  notes: ['Dots: single runs. Bar: mean. Band: 95 % interval of the mean by Student’s t.'],
})}
${rankingTable(comparison, order, identities)}</section>
<section class="experiment" aria-labelledby="learning"><h2 id="learning">Learning curves</h2>
${renderCurves(order, identities)}</section>
${renderReadings(comparison, order, identities)}
<section class="experiment" aria-labelledby="models"><h2 id="models">Models</h2>
${modelTable(comparison, order)}
${rateTable(order)}</section>`,
    },
    styles: pageStyles,
    footer: html`Made by polyneuron ${version}. ${comparison.provenance}`,
  }).markup;
}

function factsOf(comparison: Comparison): (readonly [string, string])[] {
  const { device, epochs, batchSize, optimizer, loss, isStandardized, seeds } = comparison;
  return [
    ['Device', device],
    ['Seeds', seeds.join(', ')],
    [
      'Training',
      `${epochs} epochs, batches of ${batchSize}, ${optimizer}, cosine to a hundredth of the rate`,
    ],
    ['Loss', loss],
    ['Scaling', isStandardized ? 'inputs and targets to mean 0, variance 1 of the training set' : 'none'],
  ];
}

function rankingTable(
  comparison: Comparison,
  order: readonly ComparedContender[],
  identities: ReadonlyMap<string, Identity>,
): Html {
  const { metric, contenders } = comparison;
  const baseline = contenders[0]?.name ?? '';
  const others = [...new Set(order.flatMap(({ test }) => Object.keys(test)))].filter(
    (name) => name !== metric.name,
  );
  return renderTable({
    caption: 'Results on the test set',
    hidesCaption: true,
    columns: [
      { title: 'Contender', isNumeric: false },
      { title: metric.name, isNumeric: true },
      { title: '95 % interval', isNumeric: true },
      { title: 'deviation', isNumeric: true },
      ...others.map((title) => ({ title, isNumeric: true })),
      { title: `difference from ${baseline}`, isNumeric: true },
      { title: 'verdict', isNumeric: false },
      { title: 'seconds', isNumeric: true },
    ],
    rows: order.map((one, at): Cell[] => {
      const main = one.test[metric.name]!;
      return [
        textCell(html`${swatch(identities.get(one.name)!, false)}${one.name}`),
        numberCell(formatMeasure(main.mean), at === 0),
        main.interval ? numberCell(intervalText(main.interval)) : emptyCell,
        numberCell(formatMeasure(main.deviation)),
        ...others.map((name) => numberCell(formatMeasure(one.test[name]?.mean ?? Number.NaN))),
        one.difference ? numberCell(differenceText(one.difference)) : emptyCell,
        textCell(verdictOf(one, comparison)),
        numberCell(formatSeconds(one.seconds.mean)),
      ];
    }),
    note: `Bold: the best mean. A verdict compares seed by seed with ${baseline}: 95 % interval of the mean difference.`,
  });
}

const intervalText = ([low, high]: readonly [number, number]) =>
  `${formatMeasure(low)} to ${formatMeasure(high)}`;

function differenceText({ mean, interval }: NonNullable<ComparedContender['difference']>): string {
  const sign = mean > 0 ? '+' : '';
  return interval
    ? `${sign}${formatMeasure(mean)} ± ${formatMeasure((interval[1] - interval[0]) / 2)}`
    : formatMeasure(mean);
}

/** Means over seeds of the loss after each epoch. */
function renderCurves(order: readonly ComparedContender[], identities: ReadonlyMap<string, Identity>): Html {
  const shown = order.filter(({ curves }) => curves.some(({ length }) => length > 0));
  const series = shown.map(({ name, curves }): Series => {
    const y = meanCurve(curves.filter(({ length }) => length > 0));
    return { name, x: y.map((_, at) => at + 1), y };
  });
  const values = series.flatMap(({ y }) => y);
  const marks = shown.map(({ name }) => identities.get(name)!);
  const epochs = Math.max(1, ...series.map(({ x }) => x.length));
  return renderFrame({
    title: 'Loss on the test set by epoch, mean of the seeds',
    span: 'full',
    legend: renderLegend(
      shown.map(({ name }) => name),
      marks,
    ),
    body: drawPanel({
      subject: 'Loss on the test set',
      xLabel: 'epoch',
      yLabel: 'loss',
      x: linearAxis([1, epochs], 'tight', true),
      y: spansTwoDecades(values) ? logAxis(values) : linearAxis(values, 'nice'),
      series,
      identities: marks,
    }),
  });
}

function meanCurve(curves: readonly (readonly number[])[]): number[] {
  const length = Math.min(...curves.map((curve) => curve.length));
  return Array.from(
    { length },
    (_, at) => curves.reduce((sum, curve) => sum + curve[at]!, 0) / curves.length,
  );
}

function modelTable({ measure }: Comparison, order: readonly ComparedContender[]): Html {
  return renderTable({
    caption: 'What the budget bought',
    columns: [
      { title: 'Contender', isNumeric: false },
      { title: 'layers', isNumeric: false },
      { title: 'parameters', isNumeric: true },
      { title: 'flops per sample', isNumeric: true },
      { title: `off the ${measure}`, isNumeric: true },
    ],
    rows: order.map((one): Cell[] => [
      textCell(one.name),
      textCell(html`<code>${one.layers}</code>`),
      numberCell(formatCount(one.parameters)),
      numberCell(formatCount(one.flops)),
      numberCell(formatResidue(one.residue)),
    ]),
    note: 'Sizes are whole numbers, so a model can miss the budget; the size that comes closest was taken.',
  });
}

function rateTable(order: readonly ComparedContender[]): Html {
  const rates = [...new Set(order.flatMap((one) => one.rates.map(({ learningRate }) => learningRate)))];
  if (rates.length < 2) return nothing;
  return renderTable({
    caption: 'Loss on held-out training samples by learning rate',
    columns: [
      { title: 'Contender', isNumeric: false },
      ...rates.map((rate) => ({ title: String(rate), isNumeric: true })),
    ],
    rows: order.map((one): Cell[] => [
      textCell(one.name),
      ...rates.map((rate) => {
        const found = one.rates.find(({ learningRate }) => learningRate === rate);
        return found ? numberCell(formatMeasure(found.validationLoss), rate === one.learningRate) : emptyCell;
      }),
    ]),
    note: `Bold: the rate that was taken. Mean of two seeds that are none of those compared.${edgeNote(order, rates)}`,
  });
}

/** A best rate at the end of the list may have a better one beyond it. */
function edgeNote(order: readonly ComparedContender[], rates: readonly number[]): string {
  const ends = [Math.min(...rates), Math.max(...rates)];
  const names = order.filter(({ learningRate }) => ends.includes(learningRate)).map(({ name }) => name);
  return names.length === 0
    ? ''
    : ` At the end of the list, so perhaps not the best there is: ${names.join(', ')}.`;
}
