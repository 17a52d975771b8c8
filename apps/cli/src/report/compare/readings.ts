/** @file The part of a comparison's page about what the trained models compute: strengths of pairs, and polynomials. */

import { isRead, type PolynomialReading } from '@polyneuron/experiments';
import type { ComparedContender, Comparison } from '../../compare/comparison.js';
import { type Cell, emptyCell, numberCell, renderTable, textCell } from '../dataTable.js';
import { colourScaleFor, renderColourScale } from '../figures/colourScale.js';
import { placeholder, renderFrame } from '../figures/frame.js';
import { drawHeatMap } from '../figures/heatMap.js';
import { largestTerms } from '../figures/largestTerms.js';
import { type Html, html, nothing } from '../html.js';
import { type Identity, swatch } from '../identity.js';
import { formatCount, formatMeasure } from '../numbers.js';
import { writePolynomial } from '../polynomialText.js';

const mapWidth = 350;
const outlierRatio = 2;
/** Terms of a printed polynomial. */
const mostTerms = 12;

/** Nothing where no contender was read. */
export function renderReadings(
  comparison: Comparison,
  order: readonly ComparedContender[],
  identities: ReadonlyMap<string, Identity>,
): Html {
  const read = order.filter(({ interactions, polynomial }) => interactions ?? polynomial);
  if (read.length === 0) return nothing;
  return html`<section class="experiment" aria-labelledby="readings"><h2 id="readings">What the models compute</h2>
<p class="prose">Read off the models of seed ${comparison.seeds[0]!}${comparison.isStandardized ? ', in inputs and targets scaled to mean 0 and variance 1' : ''}.</p>
${renderStrengths(read, identities)}
${renderPolynomials(read, identities)}</section>`;
}

/** One heat map per contender, all in the colours of one scale. */
function renderStrengths(
  read: readonly ComparedContender[],
  identities: ReadonlyMap<string, Identity>,
): Html {
  const values = read.flatMap(({ interactions }) =>
    isRead(interactions) ? [interactions.values.flat()] : [],
  );
  const scale = colourScaleFor(values.flat(), scaleEnd(values));
  const maps = read.map(({ name, interactions }) => {
    const body = isRead(interactions)
      ? drawHeatMap({
          subject: `Strengths of pairs in ${name}`,
          names: interactions.names,
          values: interactions.values,
          scale,
          width: mapWidth,
        })
      : placeholder(`Not read: ${interactions?.reason ?? 'nothing was trained'}.`);
    return html`<div><p class="panel-title">${swatch(identities.get(name)!, false)}${name}</p>
${body}</div>`;
  });
  return renderFrame({
    title: 'Strengths of pairs of features',
    span: 'full',
    legend: renderColourScale(scale, 'root mean square of ∂²y/∂xᵢ∂xⱼ over test samples'),
    body: html`<div class="maps">${maps}</div>`,
    notes: [
      'A strong colour off the diagonal: the two features act together. On the diagonal: how curved the response to one feature is.',
      'A piecewise linear model, such as dense layers with relu, has 0 everywhere: it bends only along edges, where no second derivative exists.',
    ],
  });
}

/**
 * Where colours end: at `outlierRatio` times the median contender's strongest pair, so that one contender that oscillates
 * does not turn all others pale. Contenders without any strength have no say.
 */
function scaleEnd(values: readonly (readonly number[])[]): number {
  const sizes = values
    .map((own) => Math.max(...own))
    .filter((size) => size > 0)
    .sort((a, b) => a - b);
  return outlierRatio * (sizes[Math.floor((sizes.length - 1) / 2)] ?? 0) || Number.POSITIVE_INFINITY;
}

function renderPolynomials(
  read: readonly ComparedContender[],
  identities: ReadonlyMap<string, Identity>,
): Html {
  return renderTable({
    caption: 'Polynomials',
    columns: [
      { title: 'Contender', isNumeric: false },
      { title: 'degree', isNumeric: true },
      { title: 'terms', isNumeric: true },
      { title: 'largest terms', isNumeric: false },
    ],
    rows: read.map(({ name, polynomial }): Cell[] => {
      const head = textCell(html`${swatch(identities.get(name)!, false)}${name}`);
      if (!isRead(polynomial))
        return [
          head,
          emptyCell,
          emptyCell,
          textCell(html`<span class="muted">${polynomial?.reason ?? 'not read'}</span>`),
        ];
      return [
        head,
        numberCell(formatCount(polynomial.degree)),
        numberCell(formatCount(polynomial.termCount)),
        textCell(largestOf(polynomial)),
      ];
    }),
    note: `Exact coefficients of the weights; at most ${mostTerms} terms are printed, the largest, in the order of their degree.`,
  });
}

function largestOf({ variables, terms, termCount }: PolynomialReading): Html {
  const shown = largestTerms(terms, mostTerms);
  const omitted = termCount - shown.terms.length;
  const bound = shown.omitted > 0 ? `, at most ${formatMeasure(shown.bound)}` : '';
  const rest =
    omitted === 0 ? '' : `and ${formatCount(omitted)} more ${omitted === 1 ? 'term' : 'terms'}${bound}`;
  return html`${writePolynomial(variables, shown.terms)} <span class="muted">${rest}</span>`;
}
