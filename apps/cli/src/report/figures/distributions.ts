/** @file The figure kind 'distributions': images beside the probabilities that a classifier gives to the classes. */
import * as Plot from '@observablehq/plot';
import type { Figure } from '@polyneuron/experiments';
import { type Html, html } from '../html.js';
import { formatProbability } from '../numbers.js';
import { placeholder, renderFrame } from './frame.js';
import { displaySize } from './images.js';
import { drawPlot } from './plot.js';
import { encodeStrip, isSide } from './png.js';

type Distributions = Figure & { kind: 'distributions' };
type Item = Distributions['items'][number];

/** Of more classes, the most probable and the true one are shown. */
const mostClasses = 12;
const barHeight = 17;
const width = 250;
const longestName = 14;

export function renderDistributions(figure: Distributions): Html {
  const { title, items } = figure;
  if (items.length === 0) return renderFrame({ title, span: 'full', body: placeholder('No images.') });
  const cards = items.map((item) => renderItem(item, figure));
  const hidesClasses = items.some(({ probabilities }) => probabilities.length > mostClasses);
  return renderFrame({
    title,
    span: 'full',
    body: html`<div class="cards">${cards}</div>`,
    notes: [
      '◂ marks the true class.',
      ...(hidesClasses
        ? [`Only the ${mostClasses - 1} most probable classes and the true one are shown.`]
        : []),
    ],
  });
}

function renderItem(item: Item, { width: imageWidth, height, classNames }: Distributions): Html {
  const nameOf = (index: number): string => classNames[index] ?? `class ${index}`;
  const predicted = argmax(item.probabilities);
  const truth = nameOf(item.label);
  const verdict =
    predicted === undefined
      ? html`<b class="wrong">no prediction</b>`
      : predicted === item.label
        ? html`<b class="right">✓ correct</b>`
        : html`<b class="wrong">✗ predicted ${nameOf(predicted)}</b>`;
  const image =
    isSide(imageWidth) && isSide(height)
      ? html`<img class="grey" src="${encodeStrip([item.image], imageWidth, height)}" width="${imageWidth}" height="${height}" alt="image of ${truth}" style="${displaySize(imageWidth, imageWidth)}">`
      : placeholder('No image.');
  return html`<div class="card"><p class="verdict"><span>${truth}</span> ${verdict}</p>
${image}${renderBars(item, nameOf, predicted)}</div>
`;
}

interface Bar {
  readonly index: number;
  readonly probability: number;
  readonly text: string;
}

function renderBars(
  { probabilities, label }: Item,
  nameOf: (index: number) => string,
  predicted: number | undefined,
): Html {
  const bars = shownClasses(probabilities, label).map((index): Bar => {
    const probability = probabilities[index]!;
    return {
      index,
      probability: Math.min(1, Math.max(0, probability || 0)),
      text: formatProbability(probability),
    };
  });
  if (bars.length === 0) return placeholder('No probabilities.');
  const names = new Map(bars.map(({ index }) => [index, shorten(nameOf(index))]));
  const longest = Math.max(...[...names.values()].map((name) => name.length));
  const rightColour = 'var(--series-0)';
  const colourOf = ({ index }: Bar): string =>
    index !== predicted ? 'var(--bar)' : index === label ? rightColour : 'var(--series-1)';
  const words = bars.map(({ index, text }) => `${nameOf(index)} ${text}`).join(', ');
  return drawPlot(
    {
      width,
      height: bars.length * barHeight + 8,
      marginLeft: 14 + 7 * longest,
      marginRight: 44,
      marginTop: 4,
      marginBottom: 4,
      x: { domain: [0, 1], axis: null },
      y: {
        domain: bars.map(({ index }) => index),
        tickFormat: (index: number) => names.get(index)!,
        tickSize: 0,
        label: null,
        padding: 0.25,
      },
      marks: [
        Plot.barX(bars, { x1: 0, x2: 'probability', y: 'index', fill: colourOf }),
        Plot.ruleX([0], { stroke: 'var(--axis)' }),
        Plot.text(bars, {
          x: 'probability',
          y: 'index',
          text: ({ index, text }: Bar) => (index === label ? `${text} ◂` : text),
          fontWeight: 'normal',
          textAnchor: 'start',
          dx: 5,
          fill: 'currentColor',
        }),
      ],
    },
    `Probabilities: ${words}. The true class is ${nameOf(label)}.`,
  );
}

/** Indices of the bars in the order of the classes. */
function shownClasses(probabilities: readonly number[], label: number): readonly number[] {
  const indices = probabilities.map((_, index) => index);
  if (indices.length <= mostClasses) return indices;
  const others = indices.filter((index) => index !== label);
  const probable = others
    .sort((a, b) => (probabilities[b] || 0) - (probabilities[a] || 0))
    .slice(0, mostClasses - 1);
  return indices.filter((index) => index === label || probable.includes(index));
}

/** undefined if a probability is NaN or there is none. */
function argmax(probabilities: readonly number[]): number | undefined {
  if (probabilities.length === 0 || probabilities.some(Number.isNaN)) return undefined;
  return probabilities.reduce((best, value, index) => (value > probabilities[best]! ? index : best), 0);
}

function shorten(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;
}
