import { type Shape, sizeOf, stridesOf } from '@polyneuron/graph';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planCopy } from './copyStrided.js';

/** Element by element, by the definition of a layout. */
function naive(
  shape: Shape,
  source: readonly number[],
  from: Float32Array,
  to: Float32Array,
  offset: number,
  accumulate: boolean,
): void {
  const target = stridesOf(shape);
  for (let index = 0; index < sizeOf(shape); index++) {
    const at = shape.map((extent, axis) => Math.floor(index / target[axis]) % extent);
    const value = from[offset + at.reduce((sum, c, axis) => sum + c * source[axis], 0)];
    to[index] = accumulate ? to[index] + value : value;
  }
}

describe('planCopy', () => {
  it('transposes 2x3', () => {
    const to = new Float32Array(6);
    planCopy(
      [3, 2],
      { offset: 0, strides: [1, 3] },
      { offset: 0, strides: [2, 1] },
    )(Float32Array.of(1, 2, 3, 4, 5, 6), to);
    expect([...to]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  it('copies nothing for an empty block, and one element for a scalar', () => {
    const to = Float32Array.of(7);
    planCopy([2, 0], { offset: 0, strides: [0, 1] }, { offset: 0, strides: [0, 1] })(new Float32Array(0), to);
    expect([...to]).toEqual([7]);
    planCopy([], { offset: 1, strides: [] }, { offset: 0, strides: [] })(Float32Array.of(1, 2), to);
    expect([...to]).toEqual([2]);
  });

  it('copies between arrays of int32 and bool', () => {
    const to = new Int32Array(3);
    planCopy([3], { offset: 2, strides: [-1] }, { offset: 0, strides: [1] })(Int32Array.of(1, 2, 3), to);
    expect([...to]).toEqual([3, 2, 1]);
    const flags = new Uint8Array(3);
    planCopy([3], { offset: 0, strides: [0] }, { offset: 0, strides: [1] })(Uint8Array.of(1), flags);
    expect([...flags]).toEqual([1, 1, 1]);
  });

  it('equals the definition for any strides, also 0 and negative ones', () => {
    const axis = fc.record({
      extent: fc.constantFrom(1, 2, 3, 5, 70),
      kind: fc.constantFrom('kept', 'stretched', 'reversed', 'skipping'),
    });
    fc.assert(
      fc.property(
        fc.array(axis, { maxLength: 4 }),
        fc.boolean(),
        fc.shuffledSubarray([0, 1, 2, 3]),
        (axes, accumulate, order) => {
          fc.pre(axes.reduce((size, { extent }) => size * extent, 1) <= 5000);
          const shape = axes.map(({ extent }) => extent);
          const strides = new Array<number>(axes.length).fill(0);
          let size = 1;
          let offset = 0;
          for (const at of [...order, 0, 1, 2, 3].filter(
            (each, i, all) => each < axes.length && all.indexOf(each) === i,
          )) {
            const { extent, kind } = axes[at];
            if (kind === 'stretched') continue;
            const stride = kind === 'skipping' ? 2 * size : size;
            strides[at] = kind === 'reversed' ? -stride : stride;
            if (kind === 'reversed') offset += (extent - 1) * stride;
            size = stride * extent;
          }
          const from = Float32Array.from({ length: size }, (_, i) => i + 1);
          const expected = new Float32Array(sizeOf(shape)).fill(0.5);
          const actual = expected.slice();
          naive(shape, strides, from, expected, offset, accumulate);
          planCopy(
            shape,
            { offset, strides },
            { offset: 0, strides: stridesOf(shape) },
            accumulate,
          )(from, actual);
          expect(actual).toEqual(expected);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });
});
