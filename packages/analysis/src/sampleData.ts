import { formatShape, type Node, ShapeError, sizeOf, ValueError } from '@polyneuron/graph';
import type { RawTensor } from '@polyneuron/trainer';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Samples along the first axis: a tensor or { data, shape }, a list of them where there are several inputs. */
export type Samples = Tensor | RawTensor | readonly (Tensor | RawTensor)[];

export interface SampleRows {
  readonly count: number;
  /** Row-major values of each input. */
  readonly inputs: readonly ArrayLike<number>[];
}

/** Throws ShapeError unless there is one tensor per input, of its shape; ValueError on values that are not finite. */
export async function readSamples(
  operation: string,
  samples: Samples,
  inputs: readonly Node[],
): Promise<SampleRows> {
  const list = Array.isArray(samples) ? samples : [samples];
  const expected = inputs.map(({ shape }) => `[${['samples', ...shape.slice(1)].join(', ')}]`).join(' and ');
  const shapes = list.map(({ shape }) => shape as readonly number[]);
  const count = shapes[0]?.[0] ?? 0;
  const isRight =
    list.length === inputs.length &&
    count > 0 &&
    shapes.every((shape, at) => shape?.join() === [count, ...inputs[at].shape.slice(1)].join());
  if (!isRight) {
    throw new ShapeError({
      subject: operation,
      expected: `samples of shape ${expected}, at least one`,
      received:
        shapes.map((shape) => (shape ? formatShape(shape) : 'something without a shape')).join(' and ') ||
        'none',
      fix: 'pass one tensor or { data, shape } per input',
    });
  }
  const values = await Promise.all(
    list.map(async (one) => ('data' in one && typeof one.data === 'function' ? await one.data() : one.data)),
  );
  values.forEach((data, at) => {
    const wrong = Array.from(data as ArrayLike<number>).find((value) => !Number.isFinite(value));
    if (wrong === undefined && (data as ArrayLike<number>).length === sizeOf(shapes[at])) return;
    throw new ValueError({
      subject: operation,
      expected: `${sizeOf(shapes[at])} finite numbers as samples`,
      received: wrong === undefined ? `${(data as ArrayLike<number>).length}` : String(wrong),
      fix: 'drop or impute such samples, and give the shape of the values',
    });
  });
  return { count, inputs: values as ArrayLike<number>[] };
}
