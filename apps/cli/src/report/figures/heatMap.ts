/** @file A symmetric matrix as cells of colour: the picture that `matrix` figures and comparisons share. */
import * as Plot from '@observablehq/plot';
import type { Html } from '../html.js';
import { formatMeasure } from '../numbers.js';
import { writeVariable } from '../polynomialText.js';
import { type ColourScale, cellColour, cellInk } from './colourScale.js';
import { countOf, placeholder } from './frame.js';
import { drawPlot } from './plot.js';

export interface HeatMap {
  /** What the picture shows, as the beginning of its description in words. */
  readonly subject: string;
  readonly names: readonly string[];
  readonly values: readonly (readonly number[])[];
  readonly scale: ColourScale;
  /** Width of the picture in pixels that it may take. */
  readonly width: number;
}

/** Above it cells are too small for numbers. */
const mostNumbered = 12;
const largestCell = 64;
const characterWidth = 7.2;
const longestName = 14;
/** Pairs that the description names. */
const describedPairs = 5;

interface MatrixCell {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

export function drawHeatMap({ subject, names, values, scale, width }: HeatMap): Html {
  if (names.length === 0) return placeholder('Nothing to draw: no feature.');
  const indices = names.map((_, at) => at);
  const cells = indices.flatMap((row) =>
    indices.map((column): MatrixCell => ({ row, column, value: values[row]?.[column] ?? Number.NaN })),
  );
  const shown = names.map((name) => shorten(writeVariable(name)));
  const textWidth = characterWidth * Math.max(...shown.map(({ length }) => length));
  const nameWidth = 12 + textWidth;
  const cell = Math.max(4, Math.min(largestCell, Math.floor((width - nameWidth - 2) / names.length)));
  const isTurned = textWidth > cell;
  const marginBottom = isTurned ? nameWidth : 24;
  const axis = { domain: indices, tickFormat: (at: number) => shown[at]!, tickSize: 0, label: null };
  const place = { x: 'column', y: 'row', inset: 0.5 } as const;
  return drawPlot(
    {
      width: nameWidth + 2 + cell * names.length,
      height: 2 + marginBottom + cell * names.length,
      marginLeft: nameWidth,
      marginRight: 2,
      marginTop: 2,
      marginBottom,
      x: { ...axis, padding: 0, ...(isTurned && { tickRotate: -90 }) },
      y: { ...axis, padding: 0 },
      marks: [
        Plot.cell(cells, { ...place, fill: ({ value }: MatrixCell) => cellColour(scale, value) }),
        ...(names.length > mostNumbered
          ? []
          : [
              Plot.text(cells, {
                x: 'column',
                y: 'row',
                text: ({ value }: MatrixCell) => formatCell(value, scale.largest),
                fill: ({ value }: MatrixCell) => cellInk(scale, value),
                fontSize: cell < 40 ? 10 : 12,
              }),
            ]),
      ],
    },
    `${subject}. ${describe(names, cells)}`,
  );
}

/** The strongest pairs by name, and a bound for the others. */
function describe(names: readonly string[], cells: readonly MatrixCell[]): string {
  const pairs = cells.filter(({ row, column, value }) => row <= column && Number.isFinite(value));
  const strong = pairs
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  if (strong.length === 0) return `Every strength of ${names.join(', ')} is 0.`;
  const words = strong
    .slice(0, describedPairs)
    .map(({ row, column, value }) => `${names[row]} with ${names[column]} ${formatMeasure(value)}`);
  const others = pairs.length - words.length;
  const bound = formatMeasure(Math.abs(strong[describedPairs]?.value ?? 0));
  const rest = others === 0 ? '' : ` The ${countOf(others, 'other pair')}: at most ${bound}.`;
  return `Strongest first: ${words.join(', ')}.${rest}`;
}

/** Decimals that give the largest value two digits; what rounds to nothing reads 0. */
function formatCell(value: number, largest: number): string {
  if (!Number.isFinite(value)) return formatMeasure(value);
  if (value === 0) return '0';
  const power = Math.floor(Math.log10(largest));
  const text =
    power > 3 || power < -3
      ? value.toExponential(1).replace('e+', 'e')
      : value.toFixed(Math.max(0, 1 - power));
  return Number(text) === 0 ? '0' : text.replaceAll('-', '−');
}

function shorten(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;
}
