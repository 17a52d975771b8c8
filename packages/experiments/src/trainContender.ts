import { type Dialect, type OptimizerName, optimizers } from '@polyneuron/kernels';
import { type FitArgs, fit, predict } from '@polyneuron/trainer';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Sequential } from '@tensorflow/tfjs-layers';
import type { ExperimentContext } from './experimentSpec.js';
import type { Predictions } from './measure.js';
import type { Contender, Metrics } from './result.js';
import { takeTurn } from './takeTurn.js';

export const optimizerNames = Object.keys(optimizers) as OptimizerName[];

/** A constant rate, or one that falls along half a cosine wave within `steps`. */
export type LearningRate = number | { readonly from: number; readonly to: number; readonly steps: number };

/** Samples in row-major order; a `Split` of the data sets is one. */
export interface Samples {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly xShape: readonly number[];
  readonly yShape: readonly number[];
  readonly count: number;
}

export interface OptimizerChoice {
  readonly name: OptimizerName;
  /** Where tfjs and Keras differ in arithmetic or defaults. default 'tfjs' */
  readonly dialect?: Dialect;
  /** default: the optimizer's own */
  readonly learningRate?: LearningRate;
}

export interface TrainingPlan {
  readonly name: string;
  /** Built, not compiled. Trained in place. */
  readonly model: Sequential;
  readonly loss: string;
  readonly measure: (predictions: Predictions) => Metrics;
  readonly data: { readonly train: Samples; readonly test: Samples; readonly outOfRange?: Samples };
  readonly epochs: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly optimizer: OptimizerChoice;
  /** Adds val_loss, the loss on the test set after each epoch, to the history. default false */
  readonly isValidated?: boolean;
}

export interface Trained {
  readonly contender: Contender;
  readonly predictions: { readonly train: Float32Array; readonly test: Float32Array };
}

/** Samples per run of a prediction. */
const predictionBatch = 1000;
/** Longest time without a look at Ctrl-C and the progress bar. */
const yieldEveryMs = 50;

/**
 * Trains a model on the backend and measures it on every set after training. `seconds` is the wall time of `fit`,
 * compilation and, where it is asked for, validation included.
 */
export async function trainContender(
  {
    backend,
    progress,
    seed,
    yieldEvery = yieldEveryMs,
  }: Pick<ExperimentContext, 'backend' | 'progress' | 'seed' | 'yieldEvery'>,
  plan: TrainingPlan,
): Promise<Trained> {
  const { model, data, epochs, name } = plan;
  // fit gets its optimizer as an argument; tfjs asks for one to compile
  model.compile({ optimizer: 'sgd', loss: plan.loss });
  progress.begin(name, epochs);
  const started = performance.now();
  const { history } = await fit(model, inputsOf(data.train), targetsOf(data.train), {
    backend,
    epochs,
    batchSize: plan.batchSize,
    shuffle: plan.shuffle,
    seed,
    ...stepArgs(plan.optimizer),
    ...(plan.isValidated && { validationData: [inputsOf(data.test), targetsOf(data.test)] as const }),
    yieldEvery,
    callbacks: {
      async onEpochEnd(epoch: number, logs?: Record<string, number>) {
        progress.update(epoch + 1, `loss ${logs?.loss?.toPrecision(4)}`);
        await takeTurn();
      },
    },
  });
  const seconds = (performance.now() - started) / 1000;
  progress.end();
  const predictions = {
    train: await predictAll(model, data.train, backend),
    test: await predictAll(model, data.test, backend),
  };
  const measureOn = (predicted: Float32Array, { y }: Samples) => plan.measure({ predicted, expected: y });
  const contender: Contender = {
    name,
    parameters: model.countParams(),
    epochs,
    seconds,
    metrics: {
      train: measureOn(predictions.train, data.train),
      test: measureOn(predictions.test, data.test),
      ...(data.outOfRange && {
        outOfRange: measureOn(await predictAll(model, data.outOfRange, backend), data.outOfRange),
      }),
    },
    history: history as Record<string, number[]>,
  };
  return { contender, predictions };
}

async function predictAll(
  model: Sequential,
  samples: Samples,
  backend: ExperimentContext['backend'],
): Promise<Float32Array> {
  const outputs = (await predict(model, inputsOf(samples), {
    backend,
    batchSize: predictionBatch,
  })) as Tensor;
  const values = await outputs.data<'float32'>();
  outputs.dispose();
  await takeTurn();
  return values;
}

const inputsOf = ({ x, xShape }: Samples) => ({ data: x, shape: xShape });
const targetsOf = ({ y, yShape }: Samples) => ({ data: y, shape: yShape });

/** Falls from one rate to the other along half a cosine wave: to + (from − to) (1 + cos(π t / steps)) / 2. */
function stepArgs({ learningRate, ...rest }: OptimizerChoice): Pick<FitArgs, 'optimizer' | 'schedule'> {
  if (typeof learningRate !== 'object')
    return { optimizer: { ...rest, ...(learningRate !== undefined && { learningRate }) } };
  const { from, to, steps } = learningRate;
  return {
    optimizer: rest,
    schedule: { name: 'cosineDecay', initialLearningRate: from, decaySteps: steps, alpha: to / from },
  };
}
