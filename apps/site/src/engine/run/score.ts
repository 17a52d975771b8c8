import type { TensorData, TensorMap } from '@polyneuron/backend';
import type { Score } from '../../protocol/messages.js';
import type { Task } from '../../state/datasets.js';
import type { DataSet } from '../data/dataSet.js';

export type BareScore = Pick<Score, 'trainLoss' | 'testLoss' | 'score'> & {
  /** In [0, 1]: accuracy, or the share of the target's variance that is explained. What a target is compared with. */
  readonly quality: number;
};

/**
 * Losses and score of one contestant from the loss and prediction of every sample, summed in float64.
 *
 * score = share of right test samples, or √mean (target - prediction)² in the target's units
 * quality = that share, or 1 - mean (target - prediction)² / variance of the test targets
 */
export function scoreOf(data: DataSet, { loss, predicted }: TensorMap): BareScore {
  const trainLoss = meanAt(loss, data.trainRows);
  const testLoss = meanAt(loss, data.testRows);
  return { trainLoss, testLoss, ...rated[data.task](data, predicted) };
}

type Rate = (data: DataSet, predicted: TensorData) => Pick<BareScore, 'score' | 'quality'>;

const byAccuracy =
  (classAt: (predicted: TensorData, row: number, outputs: number) => number): Rate =>
  ({ testRows, y, outputs }, predicted) => {
    let right = 0;
    for (const row of testRows) if (classAt(predicted, row, outputs) === y[row]) right += 1;
    const share = right / testRows.length;
    return { score: share, quality: share };
  };

const rated: { readonly [K in Task]: Rate } = {
  binary: byAccuracy((predicted, row) => (predicted[row] > 0.5 ? 1 : 0)),
  classes: byAccuracy(largestAt),
  regression({ testRows, y, targetScale }, predicted) {
    let [squares, sum, squaredTargets] = [0, 0, 0];
    for (const row of testRows) {
      squares += (y[row] - (targetScale.center + targetScale.half * predicted[row])) ** 2;
      sum += y[row];
      squaredTargets += y[row] ** 2;
    }
    const count = testRows.length;
    const variance = squaredTargets / count - (sum / count) ** 2;
    const mean = squares / count;
    return { score: Math.sqrt(mean), quality: variance > 0 ? 1 - mean / variance : mean === 0 ? 1 : 0 };
  },
};

/** The class with the largest of `outputs` numbers of a row. */
export function largestAt(predicted: TensorData, row: number, outputs: number): number {
  let best = 0;
  for (let at = 1; at < outputs; at++)
    if (predicted[row * outputs + at] > predicted[row * outputs + best]) best = at;
  return best;
}

function meanAt(values: TensorData, rows: Int32Array): number {
  let sum = 0;
  for (const row of rows) sum += values[row];
  return sum / rows.length;
}
