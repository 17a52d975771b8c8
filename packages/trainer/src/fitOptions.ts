import type { Backend } from '@polyneuron/backend';
import { ValueError } from '@polyneuron/graph';
import { closestName } from '@polyneuron/kernels';
import type { Shuffle } from './data/epochPlan.js';
import type { DataSource } from './data/hostTensor.js';
import type { ClassWeightArgument, SampleWeightArgument } from './data/sampleWeights.js';
import type { OptionProblem } from './errors.js';
import type { ModelInternals } from './model/modelInternals.js';
import { type LossWeights, resolveLossWeights } from './objective/lossWeights.js';
import type { TrainingOptions } from './optimizer/trainingOptions.js';
import { defaultBatchSize, naturalNumber, positiveInteger } from './options.js';
import type { FitCallbacks, YieldEvery } from './training/callbacks.js';

export interface FitArgs extends TrainingOptions {
  /** Samples per step. default 32 */
  readonly batchSize?: number;
  /** Index of the epoch to stop before. default 1 */
  readonly epochs?: number;
  /** Index of the first epoch. default 0 */
  readonly initialEpoch?: number;
  /** At most this many batches per epoch. default: all */
  readonly stepsPerEpoch?: number;
  /** default true: another order every epoch */
  readonly shuffle?: Shuffle;
  /** Of shuffling and of dropout masks: the same seed gives the same training. default: from the platform's entropy */
  readonly seed?: number;
  readonly callbacks?: FitCallbacks | null;
  readonly yieldEvery?: YieldEvery;
  /** [x, y] or [x, y, sampleWeight] */
  readonly validationData?:
    | readonly [DataSource, DataSource]
    | readonly [DataSource, DataSource, SampleWeightArgument]
    | null;
  /** Share of the samples, at their end, that validate instead of training. */
  readonly validationSplit?: number;
  readonly classWeight?: ClassWeightArgument | null;
  readonly sampleWeight?: SampleWeightArgument | null;
  /** Factors of the outputs' losses in the total. default 1 */
  readonly lossWeights?: LossWeights;
  /** Taken for tfjs's sake, without effect. */
  readonly verbose?: number;
  /** default: tfjs, op by op, on its active backend */
  readonly backend?: Backend;
}

/** Every argument, and those of tfjs that have no effect. */
const argumentNames: Readonly<Record<keyof FitArgs | 'validationSteps', true>> = {
  batchSize: true,
  epochs: true,
  initialEpoch: true,
  stepsPerEpoch: true,
  shuffle: true,
  seed: true,
  callbacks: true,
  yieldEvery: true,
  validationData: true,
  validationSplit: true,
  validationSteps: true,
  classWeight: true,
  sampleWeight: true,
  lossWeights: true,
  optimizer: true,
  schedule: true,
  clipNorm: true,
  clipGlobalNorm: true,
  clipValue: true,
  parameterGroups: true,
  verbose: true,
  backend: true,
};

/** Arguments that fit does not have: a misspelt one would change nothing, silently. */
export function unknownArguments(args: FitArgs): OptionProblem[] {
  const known = Object.keys(argumentNames);
  return Object.keys(args)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const closest = closestName(name, known);
      return {
        option: name,
        problem: `fit has no such argument${closest ? `; did you mean ${closest}?` : ''}`,
      };
    });
}

/** The options of fit, complete and checked. */
export interface FitOptions
  extends Pick<FitArgs, 'callbacks' | 'yieldEvery' | 'stepsPerEpoch' | 'parameterGroups'> {
  readonly batchSize: number;
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly shuffle: Shuffle;
  readonly seed: number;
  readonly lossWeights: readonly number[];
  readonly verbose: number;
}

export function resolveFitOptions({ outputNames }: ModelInternals, args: FitArgs): FitOptions {
  const { stepsPerEpoch, shuffle = true, seed = crypto.getRandomValues(new Int32Array(1))[0] } = args;
  if (typeof shuffle !== 'boolean' && shuffle !== 'batch') {
    throw new ValueError({
      subject: 'fit',
      expected: "shuffle to be true, false or 'batch'",
      received: String(shuffle),
      fix: 'leave it out to shuffle every epoch',
    });
  }
  if (!Number.isInteger(seed)) {
    throw new ValueError({
      subject: 'fit',
      expected: 'seed to be a whole number',
      received: String(seed),
      fix: 'pass seed: 0, or leave it out',
    });
  }
  return {
    ...args,
    ...(stepsPerEpoch != null && {
      stepsPerEpoch: positiveInteger('fit', 'stepsPerEpoch', stepsPerEpoch, 1),
    }),
    batchSize: positiveInteger('fit', 'batchSize', args.batchSize, defaultBatchSize),
    epochs: naturalNumber('fit', 'epochs', args.epochs, 1),
    initialEpoch: naturalNumber('fit', 'initialEpoch', args.initialEpoch, 0),
    shuffle,
    seed,
    lossWeights: resolveLossWeights('fit', args.lossWeights, outputNames),
    verbose: args.verbose ?? 1,
  };
}
