/** @file The figure kind 'polynomial': learned terms beside true ones. */
import type { PolynomialTerm } from '@polyneuron/analysis';
import type { Figure } from '@polyneuron/experiments';
import { type Cell, numberCell, renderTable, textCell } from '../dataTable.js';
import { type Html, html, nothing } from '../html.js';
import { formatMeasure } from '../numbers.js';
import { writeMonomial, writePolynomial } from '../polynomialText.js';
import { countOf, renderFrame } from './frame.js';
import { largestTerms, printedTerms } from './largestTerms.js';

type PolynomialFigure = Figure & { kind: 'polynomial' };

/** Rows of the table, and terms of the printed polynomial. */
const mostTerms = 15;

export function renderPolynomial({ title, variables, learned, truth }: PolynomialFigure): Html {
  const rows = rowsOf(learned, truth ?? []);
  const shown = largestTerms(rows, mostTerms);
  const printed = printedTerms(learned, mostTerms);
  return renderFrame({
    title,
    span: 'half',
    body: html`${formula('learned', writePolynomial(variables, printed.terms))}${truth ? formula('true', writePolynomial(variables, truth)) : nothing}
${renderTable({
  caption: `Coefficients: ${title}`,
  hidesCaption: true,
  columns: [
    { title: 'Term', isNumeric: false },
    { title: 'learned', isNumeric: true },
    ...(truth ? ['true', 'difference'].map((name) => ({ title: name, isNumeric: true })) : []),
  ],
  rows: shown.terms.map((row): Cell[] => [
    textCell(writeMonomial(variables, row.exponents)),
    numberCell(formatMeasure(row.learned)),
    ...(truth ? [row.truth, row.learned - row.truth].map((value) => numberCell(formatMeasure(value))) : []),
  ]),
})}`,
    notes: [
      ...(printed.omitted > 0
        ? [
            `The printed polynomial leaves out ${countOf(printed.omitted, 'term')} of at most ${formatMeasure(printed.bound)}.`,
          ]
        : []),
      ...(shown.omitted > 0
        ? [`The table leaves out ${countOf(shown.omitted, 'term')} of at most ${formatMeasure(shown.bound)}.`]
        : []),
    ],
  });
}

function formula(name: string, text: string): Html {
  return html`<p class="formula"><b>${name}</b>y = ${text}</p>
`;
}

interface Row extends PolynomialTerm {
  readonly learned: number;
  readonly truth: number;
}

/** Terms of either polynomial in the order of the learned one, those that it lacks at the end; sized by the larger one. */
function rowsOf(learned: readonly PolynomialTerm[], truth: readonly PolynomialTerm[]): Row[] {
  const find = (terms: readonly PolynomialTerm[], exponents: readonly number[]) =>
    terms.find((term) => term.exponents.join() === exponents.join())?.coefficient ?? 0;
  const missing = truth.filter(({ exponents }) =>
    learned.every((term) => term.exponents.join() !== exponents.join()),
  );
  return [...learned, ...missing].map(({ exponents }) => {
    const [own, wanted] = [find(learned, exponents), find(truth, exponents)];
    return { exponents, learned: own, truth: wanted, coefficient: Math.max(Math.abs(own), Math.abs(wanted)) };
  });
}
