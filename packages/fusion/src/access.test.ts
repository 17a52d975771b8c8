import { forEachCoordinate, type Shape, sizeOf } from '@polyneuron/graph';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  broadcastAccess,
  contiguous,
  isSameAccess,
  reshapeAccess,
  reverseAccess,
  sliceAccess,
  transposeAccess,
} from './access.js';
import type { Access } from './plan.js';

interface View {
  readonly shape: Shape;
  readonly access: Access;
}

/** Element of every point of a shape, row-major: what a copy through the access would hold. */
function elementsOf({ offset, strides }: Access, shape: Shape): number[] {
  const elements: number[] = [];
  forEachCoordinate(shape, (at) => {
    elements.push(strides.reduce((sum, stride, axis) => sum + stride * at[axis], offset));
  });
  return elements;
}

const extents = fc.array(fc.constantFrom(0, 1, 1, 2, 3, 4), { maxLength: 4 });
const seed = 20261122;

/** One step from a view to another, chosen by numbers that fit any shape. */
type Change = (view: View, choice: number) => View;
const changes: readonly Change[] = [
  (view) => view,
  ({ shape, access }, choice) => {
    const order = [...shape.keys()].map((axis, _, { length }) => (axis + choice) % length);
    return { shape: order.map((axis) => shape[axis]), access: transposeAccess(access, order) };
  },
  ({ shape, access }, choice) => {
    const begin = shape.map((extent, axis) => Math.min(extent, (choice >> axis) & 1));
    return { shape: shape.map((extent, axis) => extent - begin[axis]), access: sliceAccess(access, begin) };
  },
  ({ shape, access }, choice) => {
    const axes = [...shape.keys()].filter((axis) => (choice >> axis) & 1);
    return { shape, access: reverseAccess(access, shape, axes) };
  },
  ({ shape, access }, choice) => {
    const wide = shape.map((extent, axis) => (extent === 1 && (choice >> axis) & 1 ? 3 : extent));
    return { shape: wide, access: broadcastAccess(access, shape, wide) };
  },
];
const views: fc.Arbitrary<View> = fc
  .tuple(extents, fc.array(fc.tuple(fc.constantFrom(...changes), fc.nat(15)), { maxLength: 4 }))
  .map(([shape, steps]) =>
    steps.reduce<View>((view, [change, choice]) => change(view, choice), {
      shape,
      access: contiguous(7, shape),
    }),
  );

/** Another shape of as many elements: factors of the size, in random order, with some ones. */
const reshaped = (shape: Shape): fc.Arbitrary<Shape> => {
  const size = sizeOf(shape);
  if (size === 0) return extents.filter((other) => other.includes(0));
  const primes: number[] = [];
  for (let rest = size, factor = 2; rest > 1; )
    if (rest % factor === 0) {
      primes.push(factor);
      rest /= factor;
    } else factor++;
  return fc
    .tuple(
      fc.shuffledSubarray(primes, { minLength: primes.length, maxLength: primes.length }),
      fc.array(fc.nat(3), { minLength: primes.length, maxLength: primes.length }),
      fc.nat(2),
    )
    .map(([order, places, ones]) => {
      const groups = [1, 1, 1, 1];
      order.forEach((prime, at) => {
        groups[places[at]] *= prime;
      });
      return ones === 0 ? groups.filter((extent) => extent > 1) : groups;
    });
};

describe('reshapeAccess', () => {
  it('reads what a copy in the old shape holds', () => {
    let found = 0;
    fc.assert(
      fc.property(
        views.chain((view) => reshaped(view.shape).map((to) => ({ ...view, to }))),
        ({ shape, access, to }) => {
          const result = reshapeAccess(access, shape, to);
          if (result === undefined) return;
          found++;
          expect(result.strides).toHaveLength(to.length);
          expect(elementsOf(result, to)).toEqual(elementsOf(access, shape));
        },
      ),
      { seed, numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(1000);
  });

  it('gives up only where no strides can say it', () => {
    let missing = 0;
    fc.assert(
      fc.property(
        views.chain((view) => reshaped(view.shape).map((to) => ({ ...view, to }))),
        ({ shape, access, to }) => {
          if (reshapeAccess(access, shape, to) !== undefined) return;
          missing++;
          const elements = elementsOf(access, shape);
          // Any strides must step as the first element's neighbours do
          const strides = to.map((extent, axis) =>
            extent === 1 ? 0 : elements[sizeOf(to.slice(axis + 1))] - elements[0],
          );
          expect(elementsOf({ ...access, offset: elements[0], strides }, to)).not.toEqual(elements);
        },
      ),
      { seed, numRuns: 3000 },
    );
    expect(missing).toBeGreaterThan(100);
  });

  it('keeps a scalar, and splits and joins axes of one run', () => {
    const access = contiguous(0, [6, 4]);
    expect(reshapeAccess(contiguous(0, []), [], [1, 1])?.strides).toEqual([0, 0]);
    expect(reshapeAccess(access, [6, 4], [2, 3, 4])?.strides).toEqual([12, 4, 1]);
    expect(reshapeAccess(access, [6, 4], [24])?.strides).toEqual([1]);
    const turned = transposeAccess(access, [1, 0]);
    expect(reshapeAccess(turned, [4, 6], [4, 2, 3])?.strides).toEqual([1, 12, 4]);
    expect(reshapeAccess(turned, [4, 6], [24])).toBeUndefined();
  });
});

describe('views', () => {
  it('reverse twice is the same access', () => {
    fc.assert(
      fc.property(views, ({ shape, access }) => {
        const axes = [...shape.keys()];
        const twice = reverseAccess(reverseAccess(access, shape, axes), shape, axes);
        expect(isSameAccess({ ...twice, strides: twice.strides.map((stride) => stride + 0) }, access)).toBe(
          true,
        );
      }),
      { seed },
    );
  });

  it('reverse reads the elements backwards', () => {
    fc.assert(
      fc.property(views, ({ shape, access }) => {
        const back = reverseAccess(access, shape, [...shape.keys()]);
        expect(elementsOf(back, shape)).toEqual(elementsOf(access, shape).toReversed());
      }),
      { seed },
    );
  });

  it('tell buffers, offsets and strides apart', () => {
    const access = contiguous(1, [2, 3]);
    expect(isSameAccess(access, contiguous(1, [2, 3]))).toBe(true);
    expect(isSameAccess(access, contiguous(2, [2, 3]))).toBe(false);
    expect(isSameAccess(access, { ...access, offset: 1 })).toBe(false);
    expect(isSameAccess(access, transposeAccess(access, [1, 0]))).toBe(false);
  });
});
