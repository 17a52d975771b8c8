import { formatShape, type Shape, sizeOf } from '@polyneuron/graph';
import { type LayerSpec, layers, resolveConfig } from '@polyneuron/kernels';
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
    { title: 'layer' },
    { title: 'formula', maxWidth: 64 },
    { title: 'degree', align: 'right' as const },
    { title: 'parameters', maxWidth: 26 },
    { title: 'source', maxWidth: 44 },
  ];
  const rows = facts.map(({ name, formula, degree, example, source }) => [
    name,
    formula,
    degree === null ? '–' : String(degree),
    `${example.parameterCount} for ${example.inputShapes.map(formatShape).join(', ')}`,
    source,
  ]);
  printText(
    context,
    `${renderTable(columns, rows)}\n\nDegree and parameters are those of each layer's first sample. Details: polyneuron layers NAME`,
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
      `Degree: ${facts.degree ?? 'not a polynomial'}`,
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

interface LayerFacts {
  readonly name: string;
  readonly title: string;
  readonly formula: string;
  readonly source: string;
  readonly degree: number | null;
  readonly isSmooth: boolean;
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
  const { name, title, formula, source, isSmooth, defaults, required = {}, samples } = spec;
  const { config, inputShapes } = samples[0];
  const resolved = resolveConfig<object>(spec, config);
  const parameters = spec.parameters(resolved, inputShapes);
  return {
    name,
    title,
    formula,
    source,
    degree: spec.degree(resolved) ?? null,
    isSmooth,
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
