import { formatShape, type Shape, sizeOf } from '@polyneuron/graph';
import { families, type LayerSpec, layers, resolveConfig } from '@polyneuron/kernels';
import type { Command } from 'commander';
import { lookUp } from '../closestName.js';
import { type CommandContext, printJson, printText } from '../commandContext.js';
import { renderTable } from '../terminal/table.js';
import { addCommonOptions, type CommonOptions } from './commonOptions.js';

export function addLayersCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('layers')
    .description(
      'List the layers, or say everything about one: formula, degree, options, parameters, source.',
    )
    .argument('[layer]', 'the layer to describe')
    .action((name: string | undefined, options: CommonOptions) => {
      if (name === undefined) listLayers(context, options);
      else describeLayer(context, name, options);
    });
  addCommonOptions(command, [
    'polyneuron layers',
    'polyneuron layers quadDense',
    "polyneuron layers --json | jq '.[].name'",
  ]);
}

function listLayers(context: CommandContext, { json }: CommonOptions): void {
  const facts = Object.values<LayerSpec>(layers).map(factsOf);
  if (json) {
    printJson(context, facts);
    return;
  }
  const columns = [
    { title: 'family' },
    { title: 'layer' },
    { title: 'formula' },
    { title: 'degree', align: 'right' as const },
  ];
  const rows = facts.map(({ family, name, formula, degree }, at) => [
    family === facts[at - 1]?.family ? '' : family,
    name,
    shorten(formula.split('\n')[0] as string),
    degree === null ? '–' : String(degree),
  ]);
  printText(
    context,
    `${renderTable(columns, rows)}\n\n${facts.length} layers. The degree is that of each layer's first sample; – is no polynomial. Options, parameters and source: polyneuron layers NAME`,
  );
}

function describeLayer(context: CommandContext, name: string, { json }: CommonOptions): void {
  const spec = lookUp<LayerSpec>(layers, name, {
    subject: 'polyneuron layers',
    kind: 'layer',
    listCommand: 'polyneuron layers',
  });
  const facts = factsOf(spec);
  if (json) {
    printJson(context, facts);
    return;
  }
  const required = Object.entries(facts.required).map(([option, meaning]) => [
    option,
    `required: ${meaning}`,
  ]);
  const optional = Object.entries(facts.defaults).map(([option, value]) => [option, JSON.stringify(value)]);
  const { config, inputShapes, outputShape, parameters, parameterCount } = facts.example;
  const lines = Object.entries(parameters).map(
    ([parameter, shape]) => `  ${parameter} ${formatShape(shape)}`,
  );
  printText(
    context,
    [
      `${facts.title} (${facts.name})`,
      '',
      ...facts.formula.split('\n').map((line) => `  ${line}`),
      '',
      `Family: ${facts.family}`,
      `Degree: ${facts.degree ?? 'not a polynomial'}`,
      `Parameters: ${facts.parameterFormula}`,
      `Source: ${facts.source}`,
      '',
      required.length + optional.length > 0
        ? renderTable([{ title: 'option' }, { title: 'default', maxWidth: 90 }], [...required, ...optional])
        : 'No options.',
      '',
      `Example: ${facts.name}(${JSON.stringify(config)}) on ${inputShapes.map(formatShape).join(', ')} gives ${formatShape(outputShape)}, ${parameterCount} parameters:`,
      ...(lines.length > 0 ? lines : ['  none']),
    ].join('\n'),
  );
}

/** Characters of a formula that the list shows. */
const formulaWidth = 76;

const shorten = (formula: string): string =>
  formula.length <= formulaWidth ? formula : `${formula.slice(0, formulaWidth - 1)}…`;

const familyOf = (name: string): string =>
  Object.entries(families).find(([, members]) => name in members)?.[0] ?? '';

interface LayerFacts {
  readonly name: string;
  readonly family: string;
  readonly title: string;
  readonly formula: string;
  readonly source: string;
  readonly degree: number | null;
  readonly isSmooth: boolean;
  readonly inputKind: string;
  readonly parameterFormula: string;
  readonly required: Readonly<Record<string, string>>;
  readonly defaults: object;
  /** The record's first sample. Shapes leave the batch axis out. */
  readonly example: {
    readonly config: object;
    readonly inputShapes: readonly Shape[];
    readonly outputShape: Shape;
    readonly parameters: Readonly<Record<string, Shape>>;
    readonly parameterCount: number;
  };
}

function factsOf(spec: LayerSpec): LayerFacts {
  const { name, title, formula, source, isSmooth, inputKind, parameterFormula } = spec;
  const { defaults, required = {}, samples } = spec;
  const { config, inputShapes } = samples[0];
  const resolved = resolveConfig<object>(spec, config);
  const parameters = spec.parameters(resolved, inputShapes);
  return {
    name,
    family: familyOf(name),
    title,
    formula,
    source,
    degree: spec.degree(resolved) ?? null,
    isSmooth,
    inputKind,
    parameterFormula,
    required,
    defaults,
    example: {
      config,
      inputShapes,
      outputShape: spec.outputShape(resolved, inputShapes),
      parameters: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.shape])),
      parameterCount: parameters.reduce((count, { shape }) => count + sizeOf(shape), 0),
    },
  };
}
