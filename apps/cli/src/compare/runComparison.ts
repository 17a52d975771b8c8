import type { Backend } from '@polyneuron/backend';
import type { Dataset, Split } from '@polyneuron/datasets';
import {
  type ModelReading,
  type OptimizerChoice,
  type Progress,
  silentProgress,
  trainContender,
} from '@polyneuron/experiments';
import { NonFiniteLossError } from '@polyneuron/trainer';
import { buildModel } from '../models/buildModel.js';
import { chooseObjective } from '../models/chooseObjective.js';
import { parseLayers } from '../models/parseLayers.js';
import type { ComparedContender, Comparison } from './comparison.js';
import { type Match, type Measure, matchBudget } from './matchBudget.js';
import { type PreparedTask, prepareTask } from './prepareTask.js';
import { isReadable, readTrained } from './readTrained.js';
import type { Recipe } from './recipes.js';
import { summarizeDifference, summarizeSeeds } from './summarizeSeeds.js';

export interface ComparisonOptions {
  readonly dataset: Dataset;
  readonly contenders: readonly Recipe[];
  readonly budget: number;
  readonly measure: Measure;
  readonly seeds: readonly number[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerChoice['name'];
  /** Rates to choose from, for each contender alone. */
  readonly learningRates: readonly number[];
  readonly isStandardized: boolean;
  readonly backend: Backend;
  readonly progress: Progress;
}

/** Seeds of the search for a rate: none of those that are compared. */
const rateSeeds = [1001, 1002];

/**
 * Trains every contender at its size for the budget, once per seed, each with the rate that did best on held-out training
 * samples. The test set is looked at after that choice only.
 *
 * Throws   what a layer throws on the data; a training that diverges is a result, NaN, not an error
 */
export async function runComparison(options: ComparisonOptions): Promise<Comparison> {
  const { dataset, contenders, seeds, learningRates, progress } = options;
  const task = prepareTask(dataset, options.isStandardized);
  const [, ...inputShape] = dataset.train.xShape;
  const matches = contenders.map((one) =>
    matchBudget(one, {
      budget: options.budget,
      measure: options.measure,
      inputShape,
      output: task.output,
    }),
  );
  const trainings = learningRates.length > 1 ? learningRates.length * rateSeeds.length : 0;
  const total = matches.length * (trainings + seeds.length);
  let done = 0;
  const step = (note: string) => progress.update(done++, note);
  progress.begin(`compare on ${dataset.name}`, total);
  const compared: ComparedContender[] = [];
  const metric = metricOf(dataset);
  for (const match of matches) {
    const rates = await rateLosses(match, task, options, step);
    const best = rates.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a));
    const runs: Run[] = [];
    for (const seed of seeds) {
      step(`${match.recipe.name}, seed ${seed}`);
      const isRead = seed === seeds[0] && isReadable(dataset);
      runs.push(await trainOnce(match, task, options, { seed, learningRate: best.learningRate, isRead }));
    }
    const names = [...new Set([metric.name, ...runs.flatMap(({ metrics }) => Object.keys(metrics))])];
    const test = Object.fromEntries(
      names.map((name) => [name, summarizeSeeds(runs.map(({ metrics }) => metrics[name] ?? NaN))]),
    );
    const baseline = compared[0]?.test[metric.name];
    compared.push({
      name: match.recipe.name,
      layers: match.layers,
      size: match.size,
      sizeName: match.recipe.sizeName,
      parameters: match.parameters,
      flops: match.flops,
      residue: match.residue,
      learningRate: best.learningRate,
      rates,
      test,
      difference: baseline ? summarizeDifference(test[metric.name]?.values ?? [], baseline.values) : null,
      seconds: summarizeSeeds(runs.map(({ seconds }) => seconds)),
      curves: runs.map(({ curve }) => curve),
      ...runs[0]?.reading,
    });
  }
  progress.end();
  return {
    version: 1,
    task: dataset.name,
    provenance: dataset.provenance,
    measure: options.measure,
    budget: options.budget,
    seeds,
    epochs: options.epochs,
    batchSize: options.batchSize,
    optimizer: options.optimizer,
    loss: dataset.kind === 'regression' ? 'meanSquaredError' : 'crossentropy',
    metric,
    isStandardized: task.isStandardized,
    device: options.backend.device.description,
    contenders: compared,
  };
}

const metricOf = ({ kind }: Dataset): Comparison['metric'] =>
  kind === 'regression'
    ? { name: 'rmse', isHigherBetter: false }
    : { name: 'accuracy', isHigherBetter: true };

async function rateLosses(
  match: Match,
  task: PreparedTask,
  options: ComparisonOptions,
  step: (note: string) => void,
): Promise<ComparedContender['rates']> {
  const { learningRates } = options;
  const [only] = learningRates;
  if (only !== undefined && learningRates.length === 1)
    return [{ learningRate: only, validationLoss: Number.NaN }];
  const rates: { learningRate: number; validationLoss: number }[] = [];
  for (const learningRate of learningRates) {
    const losses: number[] = [];
    for (const seed of rateSeeds) {
      step(`${match.recipe.name}, rate ${learningRate}`);
      const held = { ...task, dataset: { ...task.dataset, train: task.fitting, test: task.validation } };
      const { curve } = await trainOnce(match, held, options, { seed, learningRate });
      losses.push(curve.at(-1) ?? Number.NaN);
    }
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    rates.push({ learningRate, validationLoss: Number.isFinite(mean) ? mean : Number.POSITIVE_INFINITY });
  }
  return rates;
}

interface Run {
  readonly metrics: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly curve: readonly number[];
  readonly reading?: ModelReading;
}

interface SeedRun {
  readonly seed: number;
  readonly learningRate: number;
  /** default false */
  readonly isRead?: boolean;
}

async function trainOnce(
  { layers, recipe }: Match,
  { dataset, restore }: PreparedTask,
  { backend, epochs, batchSize, optimizer }: ComparisonOptions,
  { seed, learningRate, isRead = false }: SeedRun,
): Promise<Run> {
  const choices = parseLayers(layers);
  const [, ...inputShape] = dataset.train.xShape;
  const model = buildModel(inputShape, choices, seed);
  const objective = chooseObjective(dataset, model, choices, undefined);
  try {
    const { contender } = await trainContender(
      { backend, progress: silentProgress, seed },
      {
        name: recipe.name,
        model,
        loss: objective.loss,
        measure: ({ predicted, expected }) =>
          objective.measure({ predicted: restore(predicted), expected: restore(expected) }),
        data: { train: dataset.train, test: dataset.test },
        epochs,
        batchSize,
        shuffle: true,
        optimizer: {
          name: optimizer,
          learningRate: {
            from: learningRate,
            to: learningRate / 100,
            steps: stepsOf(dataset.train, epochs, batchSize),
          },
        },
        isValidated: true,
      },
    );
    return {
      metrics: contender.metrics.test,
      seconds: contender.seconds,
      curve: contender.history.val_loss ?? [],
      ...(isRead && { reading: await readTrained(model, dataset, backend) }),
    };
  } catch (error) {
    if (!(error instanceof NonFiniteLossError)) throw error;
    return { metrics: {}, seconds: Number.NaN, curve: [] };
  } finally {
    model.dispose();
  }
}

const stepsOf = ({ count }: Split, epochs: number, batchSize: number): number =>
  epochs * Math.ceil(count / batchSize);
