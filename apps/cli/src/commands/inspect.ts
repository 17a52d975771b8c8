import {
  type Cost,
  costOf,
  formatShape,
  gradientProgram,
  nodesOf,
  type Program,
  print,
  type Shape,
  simplify,
  sizeOf,
} from '@polyneuron/graph';
import { type LayerSpec, layerProgram, layers, resolveConfig } from '@polyneuron/kernels';
import type { Command } from 'commander';
import { closestName, lookUp } from '../closestName.js';
import { type CommandContext, printJson, printText } from '../commandContext.js';
import { UsageError } from '../errors.js';
import { formatBytes, formatCount } from '../terminal/formatNumber.js';
import { renderTable } from '../terminal/table.js';
import { addCommonOptions, type CommonOptions, integer, keyValue } from './commonOptions.js';

interface InspectOptions extends CommonOptions {
  readonly units?: number;
  readonly inputs?: readonly Shape[];
  readonly batch: number;
  readonly gradient?: boolean;
  readonly training?: boolean;
  readonly option?: Readonly<Record<string, unknown>>;
}

export function addInspectCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('inspect')
    .description('Print the program of a layer, its gradient and its cost.')
    .argument('<layer>', "a layer's name, see 'polyneuron layers'")
    .option('--units <n>', 'number of outputs, for layers that have units', integer('--units', 1))
    .option('--inputs <shape>', 'extents of one sample: 784, 28x28x1; several inputs: 8,8', parseInputs)
    .option('--batch <n>', 'samples per run', integer('--batch', 1), 32)
    .option('--gradient', 'print the gradient program too')
    .option('--training', 'the form that training runs, with dropout and counters')
    .option('--option <key=value>', 'an option of the layer; repeat it for more', keyValue('--option'))
    .action((name: string, options: InspectOptions) => inspect(context, name, options));
  addCommonOptions(command, [
    'polyneuron inspect quadDense --units 64 --inputs 784 --batch 32 --gradient',
    'polyneuron inspect featureCross --inputs 3 --option projectionDim=1',
    'polyneuron inspect conv2d --inputs 28x28x1 --option filters=8 --option kernelSize=3 --json',
  ]);
}

function inspect(context: CommandContext, name: string, options: InspectOptions): void {
  const spec = lookUp<LayerSpec>(layers, name, {
    subject: 'polyneuron inspect',
    kind: 'layer',
    listCommand: 'polyneuron layers',
  });
  const config = readConfig(spec, options);
  const inputShapes = options.inputs ?? spec.samples[0]?.inputShapes ?? [[8]];
  const forward = simplify(
    layerProgram<object>(spec, config, {
      batch: options.batch,
      inputShapes,
      isTraining: options.training ?? false,
    }),
  );
  const backward = options.gradient ? simplify(gradientProgram(forward)) : undefined;
  const resolved = resolveConfig<object>(spec, config);
  const parameters = spec.parameters(resolved, inputShapes);
  const facts = {
    layer: spec.name,
    title: spec.title,
    formula: spec.formula,
    source: spec.source,
    config: resolved,
    batch: options.batch,
    inputShapes,
    outputShape: spec.outputShape(resolved, inputShapes),
    degree: spec.degree(resolved) ?? null,
    parameters: Object.fromEntries(parameters.map(({ name: parameter, shape }) => [parameter, shape])),
    parameterCount: parameters.reduce((count, { shape }) => count + sizeOf(shape), 0),
    program: print(forward),
    ...(backward && { gradient: print(backward) }),
    cost: { program: describeCost(forward), ...(backward && { gradient: describeCost(backward) }) },
  };
  if (options.json) printJson(context, facts);
  else printText(context, describe(facts));
}

type Facts = {
  readonly title: string;
  readonly formula: string;
  readonly source: string;
  readonly batch: number;
  readonly inputShapes: readonly Shape[];
  readonly outputShape: Shape;
  readonly degree: number | null;
  readonly parameterCount: number;
  readonly parameters: Readonly<Record<string, Shape>>;
  readonly program: string;
  readonly gradient?: string;
  readonly cost: Readonly<Record<string, ProgramCost>>;
};

function describe(facts: Facts): string {
  const withBatch = (shape: Shape) => formatShape([facts.batch, ...shape]);
  const parameters = Object.entries(facts.parameters).map(([name, shape]) => `${name} ${formatShape(shape)}`);
  const rows = Object.entries(facts.cost).map(([name, { nodes, flops, bytes }]) => [
    name,
    formatCount(nodes),
    formatCount(flops),
    `${formatCount(bytes)} (${formatBytes(bytes)})`,
    (flops / Math.max(1, bytes)).toFixed(2),
  ]);
  return [
    `${facts.title}`,
    ...facts.formula.split('\n').map((line) => `  ${line}`),
    `  Source: ${facts.source}`,
    `  Shapes: ${facts.inputShapes.map(withBatch).join(', ')} -> ${withBatch(facts.outputShape)}`,
    `  Degree: ${facts.degree ?? 'not a polynomial'}`,
    `  Parameters: ${formatCount(facts.parameterCount)}${parameters.length > 0 ? ` = ${parameters.join(', ')}` : ''}`,
    '',
    facts.program,
    ...(facts.gradient ? ['', facts.gradient] : []),
    '',
    renderTable(
      [
        { title: 'cost' },
        { title: 'nodes', align: 'right' },
        { title: 'flops', align: 'right' },
        { title: 'bytes, nothing fused', align: 'right' },
        { title: 'flops/byte', align: 'right' },
      ],
      rows,
    ),
  ].join('\n');
}

interface ProgramCost extends Cost {
  readonly nodes: number;
}

function describeCost(program: Program): ProgramCost {
  return { nodes: nodesOf(program).length, ...costOf(program) };
}

/** Options of the layer from `--units` and `--option`; what is unknown or missing is said in terms of the command line. */
function readConfig(spec: LayerSpec, { units, option = {} }: InspectOptions): Record<string, unknown> {
  const config = { ...(units !== undefined && { units }), ...option };
  const required: Readonly<Record<string, string>> = spec.required ?? {};
  const known = [...Object.keys(required), ...Object.keys(spec.defaults)];
  const unknown = Object.keys(config).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const closest = closestName(unknown, known);
    throw new UsageError({
      subject: `inspect ${spec.name}`,
      expected: `options among ${known.join(', ') || 'none at all'}`,
      received: `'${unknown}'`,
      fix: closest ? `did you mean '${closest}'?` : 'leave it out',
    });
  }
  const missing = Object.keys(required).find((key) => !(key in config));
  if (missing !== undefined) {
    throw new UsageError({
      subject: `inspect ${spec.name}`,
      expected: `${missing} (${required[missing]})`,
      received: 'none',
      fix: missing === 'units' ? 'add --units 64' : `add --option ${missing}=...`,
    });
  }
  return config;
}

/** '784' -> [[784]], '28x28x1' -> [[28, 28, 1]], '8,8' -> [[8], [8]]. */
function parseInputs(text: string): Shape[] {
  return text.split(',').map((shape) =>
    shape.split('x').map((extent) => {
      const value = Number(extent);
      if (extent.trim() !== '' && Number.isInteger(value) && value >= 0) return value;
      throw new UsageError({
        subject: '--inputs',
        expected: 'extents such as 784 or 28x28x1, without the batch',
        received: `'${text}'`,
        fix: 'write --inputs 784, or --inputs 8,8 for a layer of two inputs',
      });
    }),
  );
}
