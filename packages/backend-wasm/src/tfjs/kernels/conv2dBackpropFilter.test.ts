import { tolerances } from '@polyneuron/testing';
import { backend_util, engine, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { installTfjsKernels } from '../installTfjsKernels.js';
import { expectSameOnBoth } from '../testing/expectSameOnBoth.js';
import { normalTensor } from '../testing/tfjsBackends.js';

const { contraction } = tolerances.float32;

type Padding =
  | 'same'
  | 'valid'
  | number
  | [[number, number], [number, number], [number, number], [number, number]];

interface Case {
  /** [B, H, W, C] */
  readonly x: [number, number, number, number];
  /** [kh, kw, C, K] */
  readonly filterShape: [number, number, number, number];
  readonly strides: [number, number];
}

const cases: readonly Case[] = [
  { x: [1, 1, 1, 1], filterShape: [1, 1, 1, 1], strides: [1, 1] },
  { x: [1, 5, 4, 3], filterShape: [1, 1, 3, 2], strides: [1, 1] },
  { x: [2, 5, 7, 1], filterShape: [3, 3, 1, 4], strides: [1, 1] },
  { x: [3, 8, 8, 4], filterShape: [3, 2, 4, 8], strides: [2, 2] },
  { x: [1, 9, 7, 2], filterShape: [2, 5, 2, 5], strides: [1, 2] },
  { x: [2, 7, 7, 3], filterShape: [1, 1, 3, 4], strides: [3, 3] },
  { x: [4, 28, 28, 1], filterShape: [5, 5, 1, 8], strides: [1, 1] },
  { x: [0, 5, 5, 2], filterShape: [3, 3, 2, 2], strides: [1, 1] },
];

const paddings: readonly Padding[] = [
  'same',
  'valid',
  1,
  2,
  [
    [0, 0],
    [0, 2],
    [1, 0],
    [0, 0],
  ],
];

/** The gradient for a random cotangent; images have their channels second in the format NCHW. */
function filterGradient(
  { x, filterShape, strides }: Case,
  pad: Padding,
  dimRoundingMode: 'floor' | 'ceil',
  dataFormat: 'NHWC' | 'NCHW',
): Tensor {
  const info = backend_util.computeConv2DInfo(x, filterShape, strides, 1, pad, dimRoundingMode);
  const inputs = {
    x: normalTensor(inFormat(x, dataFormat)),
    dy: normalTensor(inFormat(info.outShape, dataFormat), 2),
  };
  const padInFormat = Array.isArray(pad) ? inFormat(pad, dataFormat) : pad;
  const attributes = { strides, pad: padInFormat, dataFormat, dimRoundingMode, filterShape };
  return engine().runKernel('Conv2DBackpropFilter', inputs, attributes as unknown as NamedAttrMap);
}

const inFormat = <T>([b, h, w, c]: readonly T[], dataFormat: string) =>
  dataFormat === 'NHWC' ? [b, h, w, c] : [b, c, h, w];

describe('Conv2DBackpropFilter on wasm', () => {
  beforeAll(installTfjsKernels);

  it.each(paddings)('is the gradient that cpu gives, padding %j', async (padding) => {
    for (const dataFormat of ['NHWC', 'NCHW'] as const)
      for (const dimRoundingMode of ['floor', 'ceil'] as const)
        for (const each of cases)
          await expectSameOnBoth(
            () => filterGradient(each, padding, dimRoundingMode, dataFormat),
            contraction(each.x[0] * each.x[1] * each.x[2]),
          );
  });
});
