/** @file The part of a layer's page that is written from its record. */
import { type Shape, sizeOf } from '@polyneuron/graph';
import { type InputKind, type LayerSpec, parameterSpecs, resolveConfig } from '@polyneuron/kernels';
import { formatCount } from '../report/numbers.js';
import { degreesOf, degreeText } from './degrees.js';
import { costBatch, layerCost } from './layerCost.js';
import { configText, lawText, literal } from './literals.js';
import { code, markdownTable, prose } from './markdown.js';
import type { SourceDoc } from './sourceDocs.js';

const kinds: { readonly [K in InputKind]: string } = {
  features: 'the last axis; the axes before it are batch, so inputs have any rank from 2',
  fields: 'the last two axes, fields of embeddings [..., F, D]; the axes before them are batch',
  image: 'images [B, height, width, channels]',
  sample: 'whole samples, of any rank from 2',
};

/** Formula, facts, shapes and options: Markdown between the markers of a page. */
export function recordBlock(spec: LayerSpec, doc: SourceDoc, caption: string): string {
  return [
    `\`\`\`text\n${spec.formula}\n\`\`\``,
    `![${alternative(caption)}](figures/${spec.name}.svg)`,
    `_${prose(caption)}._`,
    factsOf(spec, doc),
    '## Shapes',
    ...(doc.sections.Shapes ? [prose(doc.sections.Shapes)] : []),
    shapesTable(spec),
    '## Options',
    optionsTable(spec, doc),
  ].join('\n\n');
}

/** Brackets would end the description of an image. */
function alternative(caption: string): string {
  return caption.replaceAll('[', '(').replaceAll(']', ')');
}

function factsOf(spec: LayerSpec, { sections }: SourceDoc): string {
  const facts = [
    ['Degree', degreesSentence(spec)],
    ['Parameters', prose(spec.parameterFormula)],
    ['Cost', costSentence(spec)],
    ['Acts on', kinds[spec.inputKind]],
    ['Starts', startsSentence(spec)],
    ['How it starts', prose(sections.Start ?? '')],
    ['Smooth', smoothSentence(spec)],
    ['Numerics', prose(sections.Numerics ?? '')],
    ['Source', prose(spec.source)],
  ] as const;
  return facts
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `- **${name}**: ${text}`)
    .join('\n');
}

function degreesSentence(spec: LayerSpec): string {
  const [first, ...others] = degreesOf(spec);
  const where = 'activation' in spec.defaults ? ' in the inputs, before the activation' : ' in the inputs';
  const text = `${degreeText(first.degree)}${first.degree === undefined ? '' : where}`;
  if (others.length === 0) return text;
  const rest = others.map(({ degree, config }) => `${degreeText(degree)} with ${code(literal(config))}`);
  return [`${text}, for ${code(configText(spec.name, first.config))}`, ...rest].join('; ');
}

function smoothSentence({ isSmooth, defaults }: LayerSpec): string {
  if (!isSmooth) return 'no: there are kinks';
  const hasActivation = Object.keys(defaults).some((option) => /activation|^gate$/i.test(option));
  return `yes, in inputs and parameters${hasActivation ? ', given smooth activations' : ''}`;
}

function costSentence(spec: LayerSpec): string {
  const { config, inputShapes } = spec.largeSample;
  const { forwardFlops, trainingFlops } = layerCost(spec);
  return `${flops(forwardFlops)} forward, ${flops(trainingFlops)} with all gradients, for ${costBatch} samples of ${inputShapes
    .map((shape) => `[${shape.join(', ')}]`)
    .join(' and ')} and ${code(configText(spec.name, config))}`;
}

/** Three digits: 1.23 Mflop. */
function flops(count: number): string {
  const [size, unit] = count >= 1e9 ? [1e9, 'Gflop'] : count >= 1e6 ? [1e6, 'Mflop'] : [1e3, 'kflop'];
  return `${Number((count / size).toPrecision(3))} ${unit}`;
}

function startsSentence({ starts = {} }: LayerSpec): string {
  const text = (start: object | undefined) =>
    start && (Object.keys(start).length === 0 ? 'the default' : code(literal(start)));
  const known = [
    ['unit variance in and out', text(starts.calibrated)],
    ['like the identity, or linear', text(starts.identity)],
  ].filter(([, start]) => start);
  return known.map(([name, start]) => `${name}: ${start}`).join('; ');
}

function shapesTable(spec: LayerSpec): string {
  const { config, inputShapes } = spec.samples[0];
  const resolved = resolveConfig<object>(spec, config);
  const parameters = parameterSpecs<object>(spec, config, inputShapes);
  const count = parameters.reduce((total, { shape }) => total + sizeOf(shape), 0);
  const rows = [
    ...inputShapes.map((shape, at) => [
      inputShapes.length === 1 ? 'input' : `input ${at}`,
      batched(shape),
      '',
      '',
    ]),
    ...parameters.map(({ name, shape, role, initializer, group, isTrainable = true, dtype }) => [
      code(name),
      `[${shape.join(', ')}]`,
      [
        role,
        ...(dtype === 'int32' ? [dtype] : []),
        ...(isTrainable ? [] : ['not trained']),
        ...(group ? ['higher order'] : []),
      ].join(', '),
      prose(lawText(initializer)),
    ]),
    ['output', batched(spec.outputShape(resolved, inputShapes)), '', ''],
  ];
  return `${code(configText(spec.name, config))} has ${formatCount(count)} parameters:\n\n${markdownTable(['', 'shape', 'role', 'starts as'], rows)}`;
}

function batched(shape: Shape): string {
  return `[${['B', ...shape].join(', ')}]`;
}

export function optionsTable({ defaults, required = {} }: LayerSpec, { options }: SourceDoc): string {
  const rows = [
    ...Object.entries<string | undefined>(required).map(([name, meaning]) => [
      code(name),
      'required',
      code(options[name]?.values ?? ''),
      prose(sentence(meaning ?? '')),
    ]),
    ...Object.entries(defaults).map(([name, value]) => [
      code(name),
      code(literal(value)),
      code(options[name]?.values ?? ''),
      prose(options[name]?.meaning ?? '').replaceAll('\n', '<br>'),
    ]),
  ];
  return rows.length === 0
    ? 'None of its own.'
    : markdownTable(['option', 'default', 'values', 'meaning'], rows);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}
