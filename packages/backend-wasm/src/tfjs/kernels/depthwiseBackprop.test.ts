import { expectClose, tolerances } from '@polyneuron/testing';
import { backend_util, engine, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { installTfjsKernels } from '../installTfjsKernels.js';
import { expectSameOnBoth } from '../testing/expectSameOnBoth.js';
import { normalTensor, resultOn } from '../testing/tfjsBackends.js';

const { contraction } = tolerances.float32;

type Shape4 = [number, number, number, number];

interface Case {
  /** [B, H, W, C] */
  readonly x: Shape4;
  /** [kh, kw, C, M] */
  readonly filter: Shape4;
  readonly strides: [number, number];
  readonly dilations?: [number, number];
}

const cases: readonly Case[] = [
  { x: [1, 1, 1, 1], filter: [1, 1, 1, 1], strides: [1, 1] },
  { x: [2, 5, 7, 3], filter: [3, 3, 3, 1], strides: [1, 1] },
  { x: [1, 6, 4, 2], filter: [2, 3, 2, 4], strides: [1, 1] },
  { x: [3, 8, 8, 5], filter: [3, 3, 5, 2], strides: [2, 2] },
  { x: [1, 9, 7, 4], filter: [1, 5, 4, 1], strides: [1, 2] },
  { x: [2, 7, 7, 8], filter: [1, 1, 8, 1], strides: [3, 3] },
  { x: [2, 5, 5, 1], filter: [5, 5, 1, 1], strides: [1, 1] },
  { x: [0, 5, 5, 2], filter: [3, 3, 2, 2], strides: [1, 1] },
];

const dilated: readonly Case[] = [
  { x: [2, 9, 8, 3], filter: [3, 3, 3, 1], strides: [1, 1], dilations: [2, 2] },
  { x: [1, 11, 9, 2], filter: [2, 3, 2, 3], strides: [1, 1], dilations: [3, 2] },
];

const paddings = ['same', 'valid', 1] as const;
type Padding = (typeof paddings)[number];

function geometry({ x, filter, strides, dilations = [1, 1] }: Case, pad: Padding) {
  return backend_util.computeConv2DInfo(x, filter, strides, dilations, pad, 'floor', true);
}

function attributes({ x, filter, strides, dilations = [1, 1] }: Case, pad: Padding): NamedAttrMap {
  const shapes = { filterShape: filter, inputShape: x };
  return { strides, dilations, pad, dimRoundingMode: 'floor', ...shapes };
}

function filterGradient(each: Case, pad: Padding): Tensor {
  const inputs = { x: normalTensor(each.x), dy: normalTensor(geometry(each, pad).outShape, 2) };
  return engine().runKernel('DepthwiseConv2dNativeBackpropFilter', inputs, attributes(each, pad));
}

function inputGradient(each: Case, pad: Padding): Tensor {
  const inputs = { dy: normalTensor(geometry(each, pad).outShape, 2), filter: normalTensor(each.filter, 3) };
  return engine().runKernel('DepthwiseConv2dNativeBackpropInput', inputs, attributes(each, pad));
}

/** Calls `visit` with the flat indices of every product x · filter that makes an element of dy. */
function forEachTerm(each: Case, pad: Padding, visit: (x: number, filter: number, dy: number) => void): void {
  const { batchSize, outHeight, outWidth, padInfo, strideHeight, strideWidth, ...info } = geometry(each, pad);
  const [, height, width, channels] = each.x;
  const [rows, columns, , multiplier] = each.filter;
  for (let b = 0; b < batchSize; b++)
    for (let p = 0; p < outHeight; p++)
      for (let q = 0; q < outWidth; q++)
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) {
            const h = p * strideHeight + i * info.dilationHeight - padInfo.top;
            const w = q * strideWidth + j * info.dilationWidth - padInfo.left;
            if (h < 0 || h >= height || w < 0 || w >= width) continue;
            for (let c = 0; c < channels; c++)
              for (let m = 0; m < multiplier; m++)
                visit(
                  ((b * height + h) * width + w) * channels + c,
                  ((i * columns + j) * channels + c) * multiplier + m,
                  ((b * outHeight + p) * outWidth + q) * channels * multiplier + c * multiplier + m,
                );
          }
}

const sizeOf = (shape: readonly number[]) => shape.reduce((size, extent) => size * extent, 1);

describe.each(paddings)('depthwise gradients on wasm, padding %s', (pad) => {
  beforeAll(installTfjsKernels);

  it('are those of cpu', async () => {
    for (const each of cases) {
      const [batch, height, width] = each.x;
      await expectSameOnBoth(() => filterGradient(each, pad), contraction(batch * height * width));
      await expectSameOnBoth(() => inputGradient(each, pad), contraction(sizeOf(each.filter)));
    }
  });

  it('are those of the definition where filters are dilated, which cpu ignores', async () => {
    for (const each of dilated) {
      const shape = geometry(each, pad).outShape;
      const read = async (make: () => Tensor) => (await resultOn('wasm', make)).values;
      const x = await read(() => normalTensor(each.x));
      const dy = await read(() => normalTensor(shape, 2));
      const filter = await read(() => normalTensor(each.filter, 3));
      const expectedFilter = new Float64Array(sizeOf(each.filter));
      const expectedInput = new Float64Array(sizeOf(each.x));
      forEachTerm(each, pad, (atX, atFilter, atDy) => {
        expectedFilter[atFilter] += x[atX] * dy[atDy];
        expectedInput[atX] += filter[atFilter] * dy[atDy];
      });
      expectClose(await read(() => filterGradient(each, pad)), expectedFilter, contraction(x.length));
      expectClose(await read(() => inputGradient(each, pad)), expectedInput, contraction(filter.length));
    }
  });
});
