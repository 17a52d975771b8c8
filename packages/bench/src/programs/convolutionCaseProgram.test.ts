import { interpret } from '@polyneuron/graph';
import { expectClose, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import type { ConvolutionTask } from '../cases/benchCase.js';
import { convolutionCaseProgram } from './convolutionCaseProgram.js';
import { convolutionGradients, convolve, layoutOf } from './convolve.js';
import { fullState } from './values.js';

const small: ConvolutionTask = {
  kind: 'convolution',
  batch: 2,
  image: [5, 4, 3],
  filters: 2,
  kernelSize: 3,
  strides: 1,
  padding: 'same',
  direction: 'forward',
};

const layouts: readonly Partial<ConvolutionTask>[] = [
  {},
  { padding: 'valid' },
  { strides: 2 },
  { strides: 2, padding: 'valid', image: [7, 6, 1] },
  { kernelSize: 1 },
  { kernelSize: 2, image: [4, 5, 2] },
];

describe('convolutionCaseProgram', () => {
  it.each(
    layouts.flatMap((layout) =>
      (['forward', 'gradient'] as const).map((direction) => ({ ...small, ...layout, direction })),
    ),
  )(
    'has a reference that equals the interpreter: $direction of $image, window $kernelSize, stride $strides, $padding',
    (task) => {
      const { program, state, check } = convolutionCaseProgram(task);
      const after = interpret(program, { state: fullState(program, state) }).state;
      const reference = check.reference();
      expect(Object.keys(reference)).toEqual(check.names);
      for (const name of check.names)
        expectClose(reference[name].values, after[name], tolerances.float64.contraction(100));
    },
  );

  it('counts the arithmetic of whole windows, twice for two derivatives', () => {
    const forward = convolutionCaseProgram({ ...small, padding: 'valid' });
    const gradient = convolutionCaseProgram({ ...small, padding: 'valid', direction: 'gradient' });
    // 2 images of 3x2 windows, 2 filters, 3·3·3 products and as many sums
    const products = 2 * (2 * 3 * 2) * 2 * 27;
    expect(forward.flops).toBe(products);
    // And what adds windows up where they overlap
    expect(gradient.flops).toBeGreaterThan(2 * products);
    expect(gradient.flops).toBeLessThan(2.3 * products);
    // x, kernel and y
    expect(forward.bytes).toBe(4 * (2 * 60 + 54 + 24));
    // x, kernel and dy; dx and dkernel
    expect(gradient.bytes).toBe(4 * (2 * 60 + 54 + 24 + 2 * 60 + 54));
  });
});

describe('convolve', () => {
  const row: ConvolutionTask = { ...small, batch: 1, image: [1, 3, 1], filters: 1, kernelSize: 1 };

  it('multiplies the hand-worked example', () => {
    const layout = layoutOf(row);
    expect([...convolve(layout, [1, 2, 3], [10])]).toEqual([10, 20, 30]);
    const { x, kernel } = convolutionGradients(layout, [1, 2, 3], [10], [1, 0, 2]);
    expect([...x]).toEqual([10, 0, 20]);
    expect([...kernel]).toEqual([7]);
  });

  it("pads with zeros, the odd one after, as 'same' has it", () => {
    const layout = layoutOf({ ...row, image: [2, 2, 1], kernelSize: 2 });
    expect(layout.before).toEqual([0, 0]);
    // 1 2 | 0
    // 3 4 | 0
    // 0 0 | 0
    expect([...convolve(layout, [1, 2, 3, 4], [1, 1, 1, 1])]).toEqual([10, 6, 7, 4]);
  });
});
