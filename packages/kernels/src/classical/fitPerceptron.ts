import { ShapeError, ValueError } from '@polyneuron/graph';

export interface FitPerceptronOptions {
  /** η; with zero initial weights it scales the result and changes no prediction. default 1 */
  readonly learningRate?: number;
  /** default 1000 */
  readonly maxEpochs?: number;
}

export interface FittedPerceptron {
  readonly weights: Float64Array;
  readonly bias: number;
  /** Updates made, over all epochs. */
  readonly mistakes: number;
  readonly mistakesPerEpoch: readonly number[];
  /** An epoch passed without a mistake. False says: not separated within maxEpochs, possibly not separable at all. */
  readonly hasConverged: boolean;
}

/**
 * Trains a perceptron from zero weights by passes over the samples in order, until one passes without a mistake.
 *
 * w ← w + η (y - ŷ) x,   b ← b + η (y - ŷ),   ŷ = [w · x + b >= 0]
 *
 * When a hyperplane separates the classes with margin γ and every |(x, 1)| <= R, at most (R / γ)² mistakes happen in
 * all (Novikoff 1962), whatever the order and η. When none does, as for XOR, the weights cycle, and the result says
 * hasConverged: false after maxEpochs. `perceptronStep` is the same rule as a program.
 *
 * Shapes   x: samples of n finite numbers each; y: 0 or 1 per sample
 * Throws   ShapeError on samples of different lengths or another number of labels; ValueError on labels other than
 *          0 and 1, on NaN or infinite features, and on options out of range
 * Source   Rosenblatt 1958; seed 004
 *
 * @example
 * fitPerceptron([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1]).hasConverged // => true
 */
export function fitPerceptron(
  x: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
  { learningRate = 1, maxEpochs = 1000 }: FitPerceptronOptions = {},
): FittedPerceptron {
  requireSamples(x, y);
  requireOptions(learningRate, maxEpochs);
  const weights = new Float64Array(x[0]?.length ?? 0);
  let bias = 0;
  const mistakesPerEpoch: number[] = [];
  while (mistakesPerEpoch.length < maxEpochs && mistakesPerEpoch.at(-1) !== 0) {
    let mistakes = 0;
    x.forEach((sample, at) => {
      const activation = weights.reduce((total, weight, i) => total + weight * sample[i], 0) + bias;
      const error = y[at] - (activation >= 0 ? 1 : 0);
      if (error === 0) return;
      mistakes++;
      weights.forEach((weight, i) => {
        weights[i] = weight + learningRate * error * sample[i];
      });
      bias += learningRate * error;
    });
    mistakesPerEpoch.push(mistakes);
  }
  return {
    weights,
    bias,
    mistakes: mistakesPerEpoch.reduce((total, count) => total + count, 0),
    mistakesPerEpoch,
    hasConverged: mistakesPerEpoch.at(-1) === 0,
  };
}

function requireSamples(x: readonly ArrayLike<number>[], y: ArrayLike<number>): void {
  const odd = x.findIndex((sample) => sample.length !== x[0].length);
  if (odd >= 0 || y.length !== x.length) {
    throw new ShapeError({
      subject: 'fitPerceptron',
      expected: 'samples of one length and one label per sample',
      received:
        odd >= 0
          ? `${x[odd].length} features in sample ${odd}, ${x[0].length} in sample 0`
          : `${x.length} samples and ${y.length} labels`,
      fix: 'pass x as rows of equal length, and y as long as x',
    });
  }
  const wrongLabel = Array.from(y).find((label) => label !== 0 && label !== 1);
  if (wrongLabel !== undefined) {
    throw new ValueError({
      subject: 'fitPerceptron',
      expected: 'labels 0 and 1',
      received: String(wrongLabel),
      fix: 'map the two classes to 0 and 1',
    });
  }
  const wrongRow = x.findIndex((sample) => !Array.from(sample).every(Number.isFinite));
  if (wrongRow >= 0) {
    throw new ValueError({
      subject: 'fitPerceptron',
      expected: 'finite features',
      received: `[${Array.from(x[wrongRow]).join(', ')}] in sample ${wrongRow}`,
      fix: 'remove or repair the sample',
    });
  }
}

function requireOptions(learningRate: number, maxEpochs: number): void {
  if (
    learningRate > 0 &&
    learningRate < Number.POSITIVE_INFINITY &&
    Number.isInteger(maxEpochs) &&
    maxEpochs >= 1
  )
    return;
  throw new ValueError({
    subject: 'fitPerceptron',
    expected: 'a finite learningRate above 0 and a whole number of maxEpochs of at least 1',
    received: `learningRate ${learningRate} and maxEpochs ${maxEpochs}`,
    fix: 'leave them out for 1 and 1000',
  });
}
