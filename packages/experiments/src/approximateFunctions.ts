import { taylor } from '@polyneuron/layers';
import { type Sequential, sequential } from '@tensorflow/tfjs-layers';
import type { ExperimentContext } from './experimentSpec.js';
import { regressionMetrics } from './measure.js';
import type { Contender, Figure } from './result.js';
import { denseStack } from './stockModels.js';
import { type Samples, type Trained, trainContender } from './trainContender.js';

/** Range of the training inputs: [-2, 2]. */
const range = 2;
const points = 129;
const degrees = [5, 7, 9] as const;
/** A step sees the whole grid; an epoch is a hundred steps. */
const stepsPerEpoch = 100;
const epochs = { usual: 15, full: 60 } as const;
const rate = { from: 0.05, to: 0.0005 } as const;

const functions = { sin: Math.sin, exp: Math.exp } as const;
type FunctionName = keyof typeof functions;

export interface Approximation {
  readonly contenders: readonly Contender[];
  readonly figures: readonly Figure[];
  readonly points: number;
  readonly steps: number;
}

/** Fits sin and exp by one Taylor layer of each degree, and by a dense network of about as many parameters. */
export async function approximateFunctions(
  context: ExperimentContext,
  nextSeed: () => number,
): Promise<Approximation> {
  const epochCount = context.isFull ? epochs.full : epochs.usual;
  const steps = epochCount * stepsPerEpoch;
  const contenders: Contender[] = [];
  const figures: Figure[] = [];
  for (const name of Object.keys(functions) as FunctionName[]) {
    const data = sampleFunction(functions[name]);
    const trained: Trained[] = [];
    for (const degree of degrees) {
      const hidden = hiddenUnits(degree);
      const plans = [
        { name: `taylor(${degree}) for ${name}`, model: taylorModel(degree, nextSeed()) },
        {
          name: `dense 1-${hidden}-1 (tanh) for ${name}`,
          model: denseStack(nextSeed, [1], [{ units: hidden, activation: 'tanh' }, { units: 1 }]),
        },
      ];
      for (const plan of plans) {
        trained.push(
          await trainContender(context, {
            ...plan,
            loss: 'meanSquaredError',
            measure: regressionMetrics,
            data,
            epochs: epochCount,
            batchSize: points,
            shuffle: false,
            optimizer: { name: 'adam', learningRate: { ...rate, steps } },
          }),
        );
      }
    }
    contenders.push(...trained.map(({ contender }) => contender));
    figures.push(curvesOf(name, data.test, trained));
  }
  return { contenders, figures, points, steps };
}

function taylorModel(degree: number, seed: number): Sequential {
  const model = sequential();
  model.add(taylor({ name: 'taylor', degree, inputShape: [1], seed }));
  return model;
}

/** Width of a network 1-h-1 with 3h + 1 parameters, nearest to the layer's 2 (degree + 1). */
function hiddenUnits(degree: number): number {
  return Math.round((2 * (degree + 1) - 1) / 3);
}

/** Inputs are divided by the range, a fixed preprocessing that keeps the powers at most 1. */
function sampleFunction(f: (x: number) => number): {
  readonly train: Samples;
  readonly test: Samples;
  readonly outOfRange: Samples;
} {
  const grid = (count: number, at: (index: number) => number): Samples => {
    const inputs = Array.from({ length: count }, (_, index) => at(index));
    return {
      x: Float32Array.from(inputs, (x) => x / range),
      y: Float32Array.from(inputs, f),
      xShape: [count, 1],
      yShape: [count, 1],
      count,
    };
  };
  const step = (2 * range) / (points - 1);
  return {
    train: grid(stepsPerEpoch * points, (index) => -range + (index % points) * step),
    test: grid(points - 1, (index) => -range + (index + 0.5) * step),
    outOfRange: grid(64, (index) => (index < 32 ? -range - (index + 1) / 32 : range + (index - 31) / 32)),
  };
}

function curvesOf(name: FunctionName, test: Samples, trained: readonly Trained[]): Figure {
  const x = Array.from(test.x, (value) => value * range);
  return {
    kind: 'curves',
    title: `${name}: error of each fit between the grid points`,
    xLabel: 'x',
    yLabel: '|error|',
    yScale: 'log',
    series: trained.map(({ contender, predictions }) => ({
      name: contender.name,
      x,
      // A logarithmic axis has no zero
      y: x.map((_, at) =>
        Math.max(1e-9, Math.abs((predictions.test[at] as number) - (test.y[at] as number))),
      ),
    })),
  };
}
