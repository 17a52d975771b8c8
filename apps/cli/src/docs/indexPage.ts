/** @file docs/layers/README.md: every layer of every family in one table each. */
import { type FamilyName, families, type LayerSpec } from '@polyneuron/kernels';
import { degreeRange } from './degrees.js';
import { code, markdownTable, prose } from './markdown.js';

const titles: { readonly [K in FamilyName]: string } = {
  cross: 'Cross networks and explicit feature crossing',
  quadratic: 'Quadratic and bilinear',
  gated: 'Gated',
  polynomial: 'Polynomial',
  spline: 'Splines and radial bases',
  hyper: 'Generated weights',
  factorization: 'Factorization machines and fields',
  convolution: 'Convolution',
  orthogonal: 'Orthogonal',
  companion: 'Companions',
  stock: 'Stock layers of TensorFlow.js',
};

/** `pages`: names of the layers that have a page of their own. */
export function indexPage(pages: ReadonlySet<string>): string {
  const sections = Object.entries(titles).map(
    ([family, title]) =>
      `## ${title}\n\n${familyTable(Object.values<LayerSpec>(families[family as FamilyName]), pages)}`,
  );
  return `${[
    '# Layers',
    '<!-- Written by `npm run docs` from the records: edit those. -->',
    'Layers that multiply what others only add, and what goes with them. A page has the formula, a figure, shapes, options with their defaults, pitfalls, the source, and an example that runs. The options that all layers take, such as `name`, `seed` and `kernelRegularizer`, are those of [`@polyneuron/layers`](../../packages/layers/README.md). Examples keep their tensors on the tfjs CPU backend; any other will do.',
    'Degree is the exact polynomial degree of the output in the inputs, before the activation, over the options that the tests cover; – where it is no polynomial. In the counts of parameters n is the number of input features and F and D are fields and their dimension.',
    ...sections,
  ].join('\n\n')}\n`;
}

function familyTable(specs: readonly LayerSpec[], pages: ReadonlySet<string>): string {
  const rows = specs.map((spec) => [
    linkTo(spec, pages),
    code(outputLine(spec.formula)),
    degreeRange(spec),
    prose(spec.parameterFormula),
  ]);
  return markdownTable(['layer', 'formula', 'degree', 'parameters'], rows);
}

/** To its page, or its section of the page of stock layers. */
function linkTo({ name, title }: LayerSpec, pages: ReadonlySet<string>): string {
  if (pages.has(name)) return `[${code(name)}](${name}.md)`;
  const section = title
    .toLowerCase()
    .replaceAll(/[^\w ]/g, '')
    .replaceAll(' ', '-');
  return name in families.stock ? `[${code(name)}](stock.md#${section})` : code(name);
}

/** The line of a formula that gives y; the first where none begins so. */
function outputLine(formula: string): string {
  const lines = formula.split('\n');
  return lines.find((line) => line.startsWith('y')) ?? lines[0];
}
