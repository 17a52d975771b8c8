/**
 * Writes docs/depth.md: signal and gradient variance of stacks of 1 to 8 layers, for every record with starts.
 * `node scripts/depthTable.mjs` after `npm run build`; names of layers as arguments print their tables instead.
 */
import { writeFileSync } from 'node:fs';
import { depthTable } from '../packages/analysis/dist/index.js';
import { createWasmBackend } from '../packages/backend-wasm/dist/index.js';
import { families, layers } from '../packages/kernels/dist/index.js';

const depth = 8;
const seeds = [1, 2, 3, 4, 5];
const samples = 256;
const page = new URL('../docs/depth.md', import.meta.url);

const chosen = process.argv.slice(2);
const records = Object.values(layers).filter(
  ({ name, starts }) => starts && (chosen.length === 0 || chosen.includes(name)),
);
const rows = await depthTable({ backend: createWasmBackend(), records, depth, seeds, samples });

const figure = (value) => {
  if (Number.isNaN(value) || value === Number.POSITIVE_INFINITY) return '∞';
  if (value === 0) return '0';
  if (value >= 0.01 && value < 1000) return Number(value.toPrecision(2)).toString();
  return value.toExponential(0).replace('e+', 'e');
};
const range = ({ min, max }) => `${figure(min)}–${figure(max)}`;

const columns = Array.from({ length: depth }, (_, at) => String(at + 1));
const head = ['layer', 'start', ...columns, 'range at the end'];

function table(part, quantity) {
  const lines = part.map(({ layer, start, isDefault, ...row }) => {
    const spreads = row[quantity];
    const cells = columns.map((_, at) => (spreads[at] ? figure(spreads[at].mean) : ''));
    return [`\`${layer}\``, isDefault ? `${start} *` : start, ...cells, range(spreads.at(-1))];
  });
  const widths = head.map((title, at) => Math.max(title.length, ...lines.map((line) => line[at].length)));
  const print = (cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`;
  return [
    print(head),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...lines.map(print),
  ].join('\n');
}

const sections = Object.entries(families).flatMap(([family, table_]) => {
  const part = rows.filter(({ layer }) => layer in table_);
  if (part.length === 0) return [];
  return [
    `## ${family[0].toUpperCase()}${family.slice(1)}`,
    'Signal variance after 1 to 8 layers:',
    table(part, 'forward'),
    'Gradient variance behind 1 to 8 layers, counted from the last:',
    table(part, 'gradient'),
  ];
});

const text = [
  '# Variance by depth at initialisation',
  'Written by `node scripts/depthTable.mjs` from the layer records; do not edit.',
  `Stacks of 1 to ${depth} layers of one kind with weights of their own, fed independent normal numbers of variance 1. The signal variance is ` +
    "that over the samples of each element of a layer's output, averaged over elements; the gradient variance is the mean square of the " +
    `derivative by what enters, for cotangents of variance 1 at the end. Means over ${seeds.length} seeds of ${samples} samples each, in float32; the last column is the ` +
    'smallest and the largest of the seeds at the end. Inputs have 64 features, 8 fields of 8 or images of 6 × 6 × 8, and outputs as many; a ' +
    'row with one figure is a layer that does not keep the shape of its input, and some of those are measured at the size of their ' +
    'smallest sample. ∞ stands for what passes float32. The start marked * is the default.',
  'A layer that takes one input or several is stacked with one (`featureCross` crosses its input with itself; `reZero` is without its ' +
    'residual); inputs that it cannot do without are normal numbers, others for each layer. Images lose at their zero-padded border, in ' +
    'every layer, whatever the start.',
  'A start is safe in depth when a row stays near 1, or changes by a small steady factor. Products have heavy tails: where the range is wide, ' +
    'the mean says little.',
  ...sections,
].join('\n\n');

if (chosen.length > 0) process.stdout.write(`${sections.join('\n\n')}\n`);
else writeFileSync(page, `${text}\n`);
