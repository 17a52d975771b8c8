import { ShapeError, sizeOf, ValueError } from '@polyneuron/graph';
import { Tensor } from '@tensorflow/tfjs-core';

/** Values in row-major order with their shape: data that need not be a tfjs tensor. */
export interface RawTensor {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

export type TensorSource = Tensor | RawTensor;

/** What tfjs takes for x and y: one tensor, one per input or output, or one by name. */
export type DataSource = TensorSource | readonly TensorSource[] | Readonly<Record<string, TensorSource>>;

/** Data in this process's memory, samples first, rank 2 or more. */
export interface HostTensor {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

export function isTensorSource(value: unknown): value is TensorSource {
  if (value instanceof Tensor) return true;
  const raw = value as Partial<RawTensor> | null;
  return typeof raw === 'object' && raw !== null && Array.isArray(raw.shape) && typeof raw.data === 'object';
}

/**
 * Reads a tensor into memory. A rank of 1 becomes [N, 1], as in tfjs.
 *
 * Throws   ShapeError on a scalar, and when the number of values is not that of the shape; ValueError on a tensor that is
 *          disposed of
 */
export async function readTensor(name: string, source: TensorSource): Promise<HostTensor> {
  if (source.shape.length === 0) {
    throw new ShapeError({
      subject: name,
      expected: 'samples along the first axis',
      received: 'a scalar',
      fix: 'reshape it to [1] or more',
    });
  }
  if (source instanceof Tensor && source.isDisposed) {
    throw new ValueError({
      subject: name,
      expected: 'a tensor that still has its values',
      received: `one of shape [${source.shape.join(', ')}] that is disposed of`,
      fix: 'dispose of it later, or keep it out of tf.tidy with tf.keep',
    });
  }
  const data = source instanceof Tensor ? await source.data<'float32'>() : source.data;
  if (data.length !== sizeOf(source.shape)) {
    throw new ShapeError({
      subject: name,
      expected: `${sizeOf(source.shape)} values for shape [${source.shape.join(', ')}]`,
      received: `${data.length}`,
      fix: 'give the shape of the values',
    });
  }
  return { data, shape: source.shape.length === 1 ? [source.shape[0], 1] : source.shape };
}

/** Rows `from` to `to` (exclusive). */
export function sliceRows({ data, shape }: HostTensor, from: number, to: number): HostTensor {
  const rowSize = sizeOf(shape.slice(1));
  const rows = ArrayBuffer.isView(data)
    ? (data as Float32Array).subarray(from * rowSize, to * rowSize)
    : Array.prototype.slice.call(data, from * rowSize, to * rowSize);
  return { data: rows, shape: [to - from, ...shape.slice(1)] };
}
