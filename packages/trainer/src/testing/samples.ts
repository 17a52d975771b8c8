import { testRandom } from '@polyneuron/testing';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Numbers of a kind, from a seed. */
export function draws(seed: number) {
  const random = testRandom(seed);
  const list = (count: number, next: () => number) => Float32Array.from({ length: count }, next);
  const oneHot = (rows: number, classes: number) => {
    const values = new Float32Array(rows * classes);
    for (let row = 0; row < rows; row++) values[row * classes + random.integer(classes)] = 1;
    return values;
  };
  return {
    normal: (...shape: number[]): Tensor => tensor(list(size(shape), random.normal), shape),
    /** On [0.1, 1.1). */
    positive: (...shape: number[]): Tensor =>
      tensor(
        list(size(shape), () => 0.1 + random.uniform()),
        shape,
      ),
    binary: (...shape: number[]): Tensor =>
      tensor(
        list(size(shape), () => random.integer(2)),
        shape,
      ),
    signs: (...shape: number[]): Tensor =>
      tensor(
        list(size(shape), () => 2 * random.integer(2) - 1),
        shape,
      ),
    counts: (...shape: number[]): Tensor =>
      tensor(
        list(size(shape), () => random.integer(4)),
        shape,
      ),
    indices: (rows: number, classes: number): Tensor =>
      tensor(
        list(rows, () => random.integer(classes)),
        [rows, 1],
      ),
    oneHot: (rows: number, classes: number): Tensor => tensor(oneHot(rows, classes), [rows, classes]),
    /** Rows that sum to 1. */
    distributions: (rows: number, classes: number): Tensor => {
      const values = list(rows * classes, () => 0.05 + random.uniform());
      for (let row = 0; row < rows; row++) {
        const part = values.subarray(row * classes, (row + 1) * classes);
        const total = part.reduce((sum, value) => sum + value, 0);
        part.forEach((value, at) => {
          part[at] = value / total;
        });
      }
      return tensor(values, [rows, classes]);
    },
  };
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Gives a model reproducible weights: normal, scaled down. */
export function setSeededWeights(model: LayersModel, seed: number, scale = 0.5): void {
  const random = testRandom(seed);
  const values = model.getWeights().map(({ shape, dtype }) => {
    const count = size(shape);
    return tensor(
      Float32Array.from({ length: count }, () => (dtype === 'float32' ? scale * random.normal() : 0)),
      shape,
      dtype,
    );
  });
  model.setWeights(values);
  for (const value of values) value.dispose();
}

export function weightsOf(model: LayersModel): Float32Array {
  return Float32Array.from(model.getWeights().flatMap((weight) => Array.from(weight.dataSync())));
}
