import { resolve } from 'node:path';
import { datasets, loadDataset } from '@polyneuron/datasets/node';
import { optimizerNames } from '@polyneuron/experiments';
import type { Command } from 'commander';
import { openBackend } from '../backends/backends.js';
import { lookUp } from '../closestName.js';
import { type CommandContext, printJson, printText } from '../commandContext.js';
import type { Comparison } from '../compare/comparison.js';
import { parseContenders, recipes } from '../compare/recipes.js';
import { renderComparisonText } from '../compare/renderComparisonText.js';
import { runComparison } from '../compare/runComparison.js';
import { UsageError } from '../errors.js';
import { requireWritableFile, writeFileAtomically } from '../output/outputFile.js';
import { renderComparison } from '../report/compare/comparePage.js';
import { version } from '../version.js';
import { addCommonOptions, type CommonOptions, integer, keyValue, positives } from './commonOptions.js';

interface CompareOptions extends CommonOptions {
  readonly task: string;
  readonly taskOption?: Readonly<Record<string, unknown>>;
  readonly dataDir?: string;
  readonly contenders: string;
  readonly budget: number;
  readonly match: string;
  readonly seeds: number;
  readonly firstSeed: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: string;
  readonly learningRates: readonly number[];
  readonly standardize: boolean;
  readonly backend: string;
  readonly html: string;
  readonly out?: string;
}

const measures = { parameters: 'parameters', flops: 'flops' } as const;

export function addCompareCommand(program: Command, context: CommandContext): void {
  const names = recipes.map(({ name }) => name).join(', ');
  const command = program
    .command('compare')
    .description(
      'Train models of several kinds on one data set, under one budget, from several seeds, and say which is better.',
    )
    .requiredOption('--task <name>', "a data set, see 'polyneuron datasets'")
    .option(
      '--task-option <key=value>',
      'an option of the data set; repeat it for more',
      keyValue('--task-option'),
    )
    .option('--data-dir <dir>', 'directory of the files of mnist, fashion-mnist, cifar10')
    .option('--contenders <list>', 'the first is the baseline', 'dense,quadDense,crossNetwork')
    .option(
      '--budget <n>',
      'parameters, or flops per sample, that each may have',
      integer('--budget', 1),
      500,
    )
    .option('--match <measure>', 'what the budget counts: parameters or flops', 'parameters')
    .option('--seeds <n>', 'trainings of each contender', integer('--seeds', 2, 1000), 5)
    .option(
      '--first-seed <n>',
      'seeds are this one and those after it',
      integer('--first-seed', 0, 1_000_000),
      1,
    )
    .option('--epochs <n>', 'passes over the training set', integer('--epochs', 1), 30)
    .option('--batch-size <n>', 'samples per step', integer('--batch-size', 1), 64)
    .option('--optimizer <name>', optimizerNames.join(', '), 'adam')
    .option(
      '--learning-rates <list>',
      'each contender has the one that does best on held-out training samples; it falls to a hundredth along a cosine',
      positives('--learning-rates'),
      [0.003, 0.01, 0.03, 0.1],
    )
    .option('--no-standardize', 'take inputs and targets as they are')
    .option(
      '--backend <name>',
      'wasm, cuda, native-gpu, native-cpu, tfjs:wasm, tfjs:cpu, reference, or auto',
      'auto',
    )
    .option('--html <file>', 'the report', 'compare.html')
    .option('--out <file>', 'write the results as JSON too')
    .addHelpText(
      'after',
      `\nContenders: ${names};\nor name=layers, separated by semicolons, with {size} where the budget decides and {output} for the last layer:\n  'dense; mine=quadDense:{size}:tanh,glu:{size},{output}'`,
    )
    .action((options: CompareOptions) => compare(context, options));
  addCommonOptions(command, [
    'polyneuron compare --task friedman --contenders dense,quadDense,crossNetwork,chebyshev,splineKan --seeds 5',
    'polyneuron compare --task two-spirals --contenders dense,quadDense,rbfKan --budget 200 --match flops --html spirals.html',
    'polyneuron compare --task polynomial-surface --task-option degree=4 --json',
  ]);
}

async function compare(context: CommandContext, options: CompareOptions): Promise<void> {
  lookUp(datasets, options.task, {
    subject: 'polyneuron compare',
    kind: 'data set',
    listCommand: 'polyneuron datasets',
  });
  const contenders = parseContenders(options.contenders);
  requireDistinct(contenders.map(({ name }) => name));
  const measure = lookUp(measures, options.match, { subject: '--match', kind: 'measure' });
  const optimizer = lookUp(
    Object.fromEntries(optimizerNames.map((name) => [name, name])),
    options.optimizer,
    { subject: '--optimizer', kind: 'optimizer' },
  );
  requireWritableFile(options.html, '--html');
  if (options.out !== undefined) requireWritableFile(options.out, '--out');
  const dataset = await loadDataset(options.task, {
    ...(options.dataDir !== undefined && { directory: options.dataDir }),
    ...options.taskOption,
  });
  const { backend } = await openBackend(options.backend);
  try {
    const comparison = await runComparison({
      dataset,
      contenders,
      budget: options.budget,
      measure,
      seeds: Array.from({ length: options.seeds }, (_, at) => options.firstSeed + at),
      epochs: options.epochs,
      batchSize: options.batchSize,
      optimizer,
      learningRates: options.learningRates,
      isStandardized: options.standardize,
      backend,
      progress: context.progress,
    });
    write(context, options, comparison);
  } finally {
    backend.dispose();
  }
}

function write(context: CommandContext, options: CompareOptions, comparison: Comparison): void {
  writeFileAtomically(options.html, renderComparison(comparison, version()), '--html');
  if (options.out !== undefined)
    writeFileAtomically(options.out, `${JSON.stringify(comparison, null, 2)}\n`, '--out');
  if (options.json) {
    printJson(context, comparison);
    return;
  }
  printText(context, renderComparisonText(comparison));
  printText(context, `\nreport: ${resolve(options.html)}`);
}

function requireDistinct(names: readonly string[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (names.length > 0 && twice === undefined) return;
  throw new UsageError({
    subject: '--contenders',
    expected: 'names, each once',
    received: twice === undefined ? 'none' : `'${twice}' twice`,
    fix: 'write --contenders dense,quadDense; name=layers gives a name of your own',
  });
}
