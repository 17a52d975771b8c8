import { type Dataset, datasets, loadDataset, type Split } from '@polyneuron/datasets/node';
import {
  type Contender,
  type LearningRate,
  type Metrics,
  optimizerNames,
  trainContender,
} from '@polyneuron/experiments';
import { ValueError } from '@polyneuron/graph';
import { fileHandler } from '@polyneuron/layers/node';
import type { Sequential } from '@tensorflow/tfjs-layers';
import type { Command } from 'commander';
import { openBackend } from '../backends/backends.js';
import { lookUp } from '../closestName.js';
import { type CommandContext, printJson, printText } from '../commandContext.js';
import { DataError } from '../errors.js';
import { buildModel } from '../models/buildModel.js';
import { chooseObjective } from '../models/chooseObjective.js';
import { layersGrammar, parseLayers } from '../models/parseLayers.js';
import { requireWritable, unwritable } from '../output/requireWritable.js';
import { formatCount, formatNumber, formatSeconds } from '../terminal/formatNumber.js';
import { renderTable } from '../terminal/table.js';
import { addCommonOptions, type CommonOptions, integer, keyValue, positive } from './commonOptions.js';

interface TrainOptions extends CommonOptions {
  readonly dataset: string;
  readonly layers: string;
  readonly datasetOption?: Readonly<Record<string, unknown>>;
  readonly dataDir?: string;
  readonly optimizer: string;
  readonly learningRate?: number;
  readonly finalLearningRate?: number;
  readonly loss?: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly backend: string;
  readonly seed: number;
  readonly save?: string;
}

export function addTrainCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('train')
    .description('Train a model of layers on a data set, and say how good it is.')
    .requiredOption('--dataset <name>', "a data set, see 'polyneuron datasets'")
    .requiredOption('--layers <list>', 'the model: featureCross,dense:1')
    .option(
      '--dataset-option <key=value>',
      'an option of the data set; repeat it for more',
      keyValue('--dataset-option'),
    )
    .option('--data-dir <dir>', 'directory of the files of mnist, fashion-mnist, cifar10')
    .option('--optimizer <name>', optimizerNames.join(', '), 'adam')
    .option('--learning-rate <rate>', "default: the optimizer's own", positive('--learning-rate'))
    .option(
      '--final-learning-rate <rate>',
      'fall to this rate by the last step, along a cosine',
      positive('--final-learning-rate'),
    )
    .option('--loss <name>', 'default: by the data set and the last layer')
    .option('--epochs <n>', 'passes over the training set', integer('--epochs', 1), 10)
    .option('--batch-size <n>', 'samples per step', integer('--batch-size', 1), 32)
    .option('--no-shuffle', 'keep the samples in their order')
    .option(
      '--backend <name>',
      'wasm, cuda, native-gpu, native-cpu, tfjs:wasm, tfjs:cpu, reference, or auto',
      'auto',
    )
    .option('--seed <n>', 'seed of weights and order', integer('--seed', 0, 1_000_000), 0)
    .option('--save <dir>', 'save the model there, for tf.loadLayersModel')
    .addHelpText('after', `\n${layersGrammar}`)
    .action((options: TrainOptions) => train(context, options));
  addCommonOptions(command, [
    'polyneuron train --dataset cross-polynomial --layers featureCross,dense:1 \\',
    '    --optimizer adagrad --learning-rate 0.4 --batch-size 1000 --epochs 10',
    'polyneuron train --dataset synthetic-glyphs --layers flatten,quadDense:32:relu,dense:10:softmax --save model',
    'polyneuron train --dataset two-spirals --layers dense:16:tanh,quadDense:8:tanh,dense:1:sigmoid \\',
    '    --learning-rate 0.01 --epochs 200 --json',
  ]);
}

async function train(context: CommandContext, options: TrainOptions): Promise<void> {
  const choices = parseLayers(options.layers);
  lookUp(datasets, options.dataset, {
    subject: 'polyneuron train',
    kind: 'data set',
    listCommand: 'polyneuron datasets',
  });
  const optimizer = lookUp(
    Object.fromEntries(optimizerNames.map((name) => [name, name])),
    options.optimizer,
    {
      subject: '--optimizer',
      kind: 'optimizer',
    },
  );
  if (options.save !== undefined) requireWritable(options.save, '--save');
  const dataset = await loadData(options);
  const [, ...inputShape] = dataset.train.xShape;
  // Layers make their weights on a tfjs backend, so it comes first
  const { backend } = await openBackend(options.backend);
  try {
    const model = buildModel(inputShape, choices, options.seed);
    const objective = chooseObjective(dataset, model, choices, options.loss);
    const { contender } = await trainContender(
      { backend, progress: context.progress, seed: options.seed },
      {
        name: options.layers,
        model,
        loss: objective.loss,
        measure: objective.measure,
        data: {
          train: dataset.train,
          test: dataset.test,
          ...(dataset.outOfRange && { outOfRange: dataset.outOfRange }),
        },
        epochs: options.epochs,
        batchSize: options.batchSize,
        shuffle: options.shuffle,
        optimizer: { name: optimizer, ...learningRateOf(options, dataset.train.count) },
        isValidated: true,
      },
    );
    if (options.save !== undefined) await save(context, model, options.save);
    report(context, options, dataset, contender, backend.device.description);
  } finally {
    backend.dispose();
  }
}

async function loadData({
  dataset: name,
  datasetOption = {},
  dataDir,
  seed,
}: TrainOptions): Promise<Dataset> {
  const hasSeed = 'seed' in datasets[name as keyof typeof datasets].defaults;
  const dataset = await loadDataset(name, {
    ...(hasSeed && { seed }),
    ...(dataDir !== undefined && { directory: dataDir }),
    ...datasetOption,
  });
  for (const [split, values] of Object.entries({ train: dataset.train, test: dataset.test })) {
    requireFinite(name, split, values);
  }
  return dataset;
}

function requireFinite(name: string, split: string, { x, y }: Split): void {
  for (const [column, values] of Object.entries({ x, y })) {
    const at = values.findIndex((value: number) => !Number.isFinite(value));
    if (at < 0) continue;
    throw new DataError({
      subject: `data set '${name}'`,
      expected: `finite numbers in ${column} of the ${split} set`,
      received: `${values[at]} at position ${at}`,
      fix: 'repair or remove that sample',
    });
  }
}

function learningRateOf(
  { learningRate, finalLearningRate, epochs, batchSize }: TrainOptions,
  samples: number,
): { readonly learningRate?: LearningRate } {
  if (finalLearningRate === undefined) return learningRate === undefined ? {} : { learningRate };
  const steps = epochs * Math.ceil(samples / batchSize);
  return { learningRate: { from: learningRate ?? 0.001, to: finalLearningRate, steps } };
}

/** Ctrl-C waits until the files are whole. Throws OutputError where the disk does not take them. */
async function save({ interruption }: CommandContext, model: Sequential, directory: string): Promise<void> {
  try {
    await interruption.protect(() => model.save(fileHandler(directory)));
  } catch (cause) {
    if (!(cause instanceof ValueError)) throw cause;
    throw unwritable(directory, '--save', `an error of the file system (${cause.received})`);
  }
}

function report(
  context: CommandContext,
  options: TrainOptions,
  dataset: Dataset,
  contender: Contender,
  backend: string,
): void {
  const facts = {
    ...contender,
    dataset: {
      name: dataset.name,
      provenance: dataset.provenance,
      train: dataset.train.count,
      test: dataset.test.count,
    },
    backend,
    ...(options.save !== undefined && { savedTo: options.save }),
  };
  if (options.json) {
    printJson(context, facts);
    return;
  }
  const { history } = contender;
  const sets: Readonly<Record<string, Metrics>> = contender.metrics;
  const metrics = [...new Set(Object.values(sets).flatMap((set) => Object.keys(set)))];
  const rows = Object.entries(sets).map(([set, values]) => [
    set,
    ...metrics.map((metric) => formatNumber(values[metric])),
  ]);
  const columns = [{ title: 'set' }, ...metrics.map((title) => ({ title, align: 'right' as const }))];
  printText(
    context,
    [
      `${contender.name} on ${dataset.name} (${formatCount(dataset.train.count)} / ${formatCount(dataset.test.count)} samples)`,
      `${formatCount(contender.parameters)} parameters, ${contender.epochs} epoch${contender.epochs === 1 ? '' : 's'} in ${formatSeconds(contender.seconds)} on ${backend}`,
      '',
      renderTable(columns, rows),
      '',
      `Loss ${formatNumber(history.loss?.at(-1))} in the last epoch, ${formatNumber(history.val_loss?.at(-1))} on the test set after it`,
      ...(options.save === undefined ? [] : ['', `Saved to ${options.save}`]),
    ].join('\n'),
  );
}
