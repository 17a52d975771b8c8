import type { Split, Targets } from './types.js';

/** Samples `start` (included) to `end` (excluded) as a split of its own; the numbers are copied. */
export function sliceSplit<Y extends Targets>(
  split: Split<Y>,
  start: number,
  end: number = split.count,
): Split<Y> {
  const first = Math.min(Math.max(0, start), split.count);
  const last = Math.min(Math.max(first, end), split.count);
  const count = last - first;
  const [, ...inputShape] = split.xShape;
  const [, ...targetShape] = split.yShape;
  const inputSize = inputShape.reduce((product, n) => product * n, 1);
  const targetSize = targetShape.reduce((product, n) => product * n, 1);
  return {
    x: split.x.slice(first * inputSize, last * inputSize),
    y: split.y.slice(first * targetSize, last * targetSize) as Y,
    xShape: [count, ...inputShape],
    yShape: [count, ...targetShape],
    count,
  };
}

/** The first `trainCount` samples for training and the rest for the test, in the order they have. */
export function splitInOrder<Y extends Targets>(
  split: Split<Y>,
  trainCount: number,
): { train: Split<Y>; test: Split<Y> } {
  return { train: sliceSplit(split, 0, trainCount), test: sliceSplit(split, trainCount) };
}

/** Inputs of a shape and their targets [count, 1] as one split. */
export function toSplit<Y extends Targets>(
  x: Float32Array<ArrayBuffer>,
  inputShape: number[],
  y: Y,
): Split<Y> {
  return { x, y, xShape: [y.length, ...inputShape], yShape: [y.length, 1], count: y.length };
}
