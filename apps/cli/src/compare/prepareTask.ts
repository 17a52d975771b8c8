/** @file A data set made ready for a fair comparison: scaled by the training samples, and some of them held out. */
import { type Dataset, type Split, sliceSplit } from '@polyneuron/datasets/node';

export interface PreparedTask {
  readonly dataset: Dataset;
  /** The training set without what is held out, for the choice of learning rates. */
  readonly fitting: Split;
  readonly validation: Split;
  /** The output layer in the grammar of `--layers`. */
  readonly output: string;
  /** Turns predictions back to the units of the targets. */
  readonly restore: (predicted: ArrayLike<number>) => Float64Array;
  readonly isStandardized: boolean;
}

const heldOut = 0.2;

/** Scales inputs, and targets of a regression, to mean 0 and variance 1 of the training set. Images stay as they are. */
export function prepareTask(dataset: Dataset, standardizes: boolean): PreparedTask {
  const isStandardized = standardizes && dataset.train.xShape.length === 2;
  const inputs = isStandardized ? momentsOf(dataset.train.x, dataset.train.xShape[1] as number) : undefined;
  const isRegression = dataset.kind === 'regression';
  const targets = isStandardized && isRegression ? momentsOf(dataset.train.y, 1) : undefined;
  const scaled = (split: Split): Split => ({
    ...split,
    x: inputs ? scale(split.x, inputs) : split.x,
    y: targets ? scale(split.y, targets) : split.y,
  });
  const train = scaled(dataset.train);
  const kept = Math.max(1, Math.floor(train.count * (1 - heldOut)));
  const [fitting, validation] = [sliceSplit(train, 0, kept), sliceSplit(train, kept)];
  return {
    dataset: { ...dataset, train, test: scaled(dataset.test) },
    fitting,
    validation: validation.count > 0 ? validation : train,
    output: outputFor(dataset),
    restore: (predicted) =>
      Float64Array.from(predicted, (value) =>
        targets ? value * targets.deviations[0] + targets.means[0] : value,
      ),
    isStandardized,
  };
}

function outputFor({ kind, classNames, train }: Dataset): string {
  if (kind === 'regression') return 'dense:1';
  const classes =
    classNames?.length ?? 1 + Array.from(train.y).reduce((largest, label) => Math.max(largest, label), 0);
  return classes === 2 ? 'dense:1:sigmoid' : `dense:${classes}:softmax`;
}

interface Moments {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

function momentsOf(values: ArrayLike<number>, columns: number): Moments {
  const rows = values.length / columns;
  const means = new Array<number>(columns).fill(0);
  const squares = new Array<number>(columns).fill(0);
  for (let at = 0; at < values.length; at++) means[at % columns] += (values[at] as number) / rows;
  for (let at = 0; at < values.length; at++)
    squares[at % columns] += ((values[at] as number) - means[at % columns]) ** 2 / rows;
  // A feature that never changes says nothing, however it is scaled
  return { means, deviations: squares.map((square) => (square > 0 ? Math.sqrt(square) : 1)) };
}

function scale(values: ArrayLike<number>, { means, deviations }: Moments): Float32Array<ArrayBuffer> {
  const columns = means.length;
  return Float32Array.from(
    values,
    (value, at) => (value - (means[at % columns] as number)) / (deviations[at % columns] as number),
  );
}
