/** @file Learning curves, drawn from the histories of the contenders: one figure per quantity, training beside validation. */
import type { Contender } from '@polyneuron/experiments';
import { type Html, html } from '../html.js';
import { identityOf } from '../identity.js';
import { linearAxis, logAxis, spansTwoDecades } from './axes.js';
import { leftOut } from './curves.js';
import { renderFrame, renderLegend } from './frame.js';
import { drawPanel } from './panel.js';
import type { Series } from './series.js';

const validationPrefix = 'val_';

/** `loss` and `val_loss` share a figure and its axes; so do other pairs. Empty where no contender has a history. */
export function renderLearning(contenders: readonly Contender[]): readonly Html[] {
  const keys = contenders.flatMap(({ history }) =>
    Object.keys(history).filter((key) => history[key]!.length > 0),
  );
  const quantities = new Set(
    keys.map((key) => (key.startsWith(validationPrefix) ? key.slice(validationPrefix.length) : key)),
  );
  const ordered = [...quantities].sort((a, b) => Number(b === 'loss') - Number(a === 'loss'));
  return ordered.map((quantity) => renderQuantity(quantity, contenders, keys));
}

function renderQuantity(quantity: string, contenders: readonly Contender[], keys: readonly string[]): Html {
  const panels = [
    { key: quantity, data: 'training data' },
    { key: validationPrefix + quantity, data: 'validation data' },
  ].filter(({ key }) => keys.includes(key));
  const shown = contenders
    .map((contender, index) => ({ contender, identity: identityOf(index) }))
    .filter(({ contender }) => panels.some(({ key }) => historyOf(contender, key).length > 0));
  const all = panels.flatMap(({ key }) => shown.map(({ contender }) => toSeries(contender, key)));
  const values = all.flatMap(({ y }) => y);
  const y = spansTwoDecades(values) ? logAxis(values) : linearAxis(values, 'nice');
  const epochs = Math.max(...all.map(({ x }) => x.length));
  const x = linearAxis([1, epochs], 'tight', true);
  const identities = shown.map(({ identity }) => identity);
  const bodies = panels.map(({ key, data }) => {
    const series = shown.map(({ contender }) => toSeries(contender, key));
    const subject = `${key} on ${data}`;
    return html`<div class="panel"><p class="panel-title">On ${data}</p>
${drawPanel({ subject, xLabel: 'epoch', yLabel: key, x, y, series, identities })}</div>
`;
  });
  return renderFrame({
    title: html`<code>${quantity}</code> by epoch`,
    span: panels.length > 1 ? 'full' : 'half',
    legend: renderLegend(
      shown.map(({ contender }) => contender.name),
      identities,
    ),
    body: html`<div class="panels">${bodies}</div>`,
    notes: leftOut(all, y.type),
  });
}

function toSeries(contender: Contender, key: string): Series {
  const y = historyOf(contender, key);
  return { name: contender.name, x: y.map((_, index) => index + 1), y };
}

function historyOf({ history }: Contender, key: string): readonly number[] {
  return Object.hasOwn(history, key) ? history[key]! : [];
}
