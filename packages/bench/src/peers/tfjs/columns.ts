/** @file Rows of a data set on the device. */
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { HostRows } from '../../models/sequentialModel.js';

export interface Columns {
  readonly x: Tensor;
  readonly y: Tensor;
}

export function upload({ x, y }: HostRows): Columns {
  return { x: tensor(x.data, [...x.shape], 'float32'), y: tensor(y.data, [...y.shape], 'float32') };
}

export function release({ x, y }: Columns): void {
  x.dispose();
  y.dispose();
}
