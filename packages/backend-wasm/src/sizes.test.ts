/** @file Random programs over the sizes where vectors, tiles and panels end: einsums, views of operands, convolutions. */
import { derivativesOf, drawValues, expectRun } from '@polyneuron/conformance';
import {
  add,
  argMax,
  broadcastTo,
  cumsum,
  einsum,
  input,
  max,
  mul,
  type Node,
  pad,
  patches,
  programOf,
  reduceMax,
  reverse,
  type Shape,
  sizeOf,
  slice,
  sub,
  sum,
  tanh,
  transpose,
} from '@polyneuron/graph';
import { type Tolerance, tolerances } from '@polyneuron/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelKinds } from './testing/kernelKinds.js';
import { simdVariants } from './testing/simdVariants.js';
import { createWasmBackend } from './wasmBackend.js';

const { float32 } = tolerances;
const seed = 20261122;
const size = fc.constantFrom(0, 1, 3, 4, 5, 7, 8, 9, 17, 64, 65);
const leaf = (name: string, shape: Shape): Node => input(name, { shape, dtype: 'float32' });

interface Product {
  readonly spec: string;
  readonly left: Shape;
  readonly right: Shape;
  readonly depth: number;
}

/** Labels of every role (batch, row, column, depth), each term in an order of its own, within some 300,000 products. */
const products: fc.Arbitrary<Product> = fc
  .tuple(
    fc.array(size, { maxLength: 2 }),
    fc.array(size, { maxLength: 2 }),
    fc.array(size, { maxLength: 2 }),
    fc.array(size, { maxLength: 2 }),
  )
  .filter((roles) => sizeOf(roles.flat().map((extent) => Math.max(1, extent))) <= 300_000)
  .chain((roles) => {
    let next = 0;
    const [batch, rows, columns, depth] = roles.map((extents) =>
      extents.map((extent) => ({ label: 'abcdefgh'[next++], extent })),
    );
    const ordered = (labels: typeof batch) =>
      fc.shuffledSubarray(labels, { minLength: labels.length, maxLength: labels.length });
    return fc
      .tuple(
        ordered([...batch, ...rows, ...depth]),
        ordered([...batch, ...depth, ...columns]),
        ordered([...batch, ...rows, ...columns]),
      )
      .map(([left, right, output]) => {
        const labelsOf = (term: typeof batch) => term.map(({ label }) => label).join('');
        const shapeOf = (term: typeof batch) => term.map(({ extent }) => extent);
        return {
          spec: `${labelsOf(left)},${labelsOf(right)}->${labelsOf(output)}`,
          left: shapeOf(left),
          right: shapeOf(right),
          depth: sizeOf(shapeOf(depth)),
        };
      });
  });

/** Ways for an operand to have a shape without lying in memory like it. */
const views: Readonly<Record<string, (name: string, shape: Shape) => Node>> = {
  plain: leaf,
  transposed: (name, [rows, columns]) => transpose(leaf(name, [columns, rows])),
  sliced: (name, [rows, columns]) => slice(leaf(name, [rows + 3, columns + 2]), [1, 2], [rows, columns]),
  reversed: (name, shape) => reverse(leaf(name, shape), [0, 1]),
  row: (name, shape) => broadcastTo(leaf(name, [1, shape[1]]), shape),
  column: (name, shape) => broadcastTo(leaf(name, [shape[0], 1]), shape),
  number: (name, shape) => broadcastTo(leaf(name, []), shape),
};
const view = fc.constantFrom(...Object.keys(views));

const window = fc
  .record({
    batch: fc.constantFrom(0, 1, 3),
    image: fc.tuple(fc.integer({ min: 3, max: 17 }), fc.integer({ min: 3, max: 9 })),
    channels: fc.constantFrom(1, 3, 4, 5),
    filters: fc.constantFrom(1, 4, 7, 8, 9),
    window: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })),
    dilations: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 3 })),
    padding: fc.tuple(
      fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
      fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
    ),
  })
  .filter(({ image, window, dilations, padding }) =>
    image.every(
      (extent, axis) =>
        extent + padding[axis][0] + padding[axis][1] >= 1 + dilations[axis] * (window[axis] - 1),
    ),
  );

describe.each(simdVariants())('wasm, relaxed: %s', (relaxed) => {
  const backend = createWasmBackend({ relaxed });

  async function expectSame(title: string, outputs: Record<string, Node>, tolerance: Tolerance) {
    const program = programOf(title, outputs);
    const inputs = [drawValues(program.inputs, title.length)];
    await expectRun(backend, { title, program, inputs, tolerance });
  }

  it('contracts as random einsums say', async () => {
    const kinds = new Set<string>();
    await fc.assert(
      fc.asyncProperty(products, async ({ spec, left, right, depth }) => {
        const y = einsum(spec, leaf('a', left), leaf('b', right));
        for (const kind of kernelKinds(programOf(spec, { y }))) kinds.add(kind);
        await expectSame(`${spec} [${left}] [${right}]`, { y }, float32.contraction(depth));
      }),
      { seed, numRuns: 250 },
    );
    expect(kinds).toContain('contraction');
  });

  it('computes elementwise chains of viewed operands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(size, size), fc.tuple(view, view, view), async (shape, names) => {
        const [a, b, c] = names.map((name, at) => views[name](`x${at}`, shape));
        const y = tanh(add(mul(a, b), sub(c, a)));
        const z = max(transpose(y), transpose(b));
        await expectSame(`${names} [${shape}]`, { y, z }, float32.transcendental);
      }),
      { seed, numRuns: 250 },
    );
  });

  it('reduces, accumulates and pads viewed operands along each axis', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(size, size),
        fc.tuple(view, view),
        fc.constantFrom([0], [1], [0, 1]),
        fc.boolean(),
        fc.boolean(),
        async (shape, names, axes, exclusive, isReverse) => {
          const [a, b] = names.map((name, at) => views[name](`x${at}`, shape));
          const [axis] = axes;
          const outputs = {
            total: sum(mul(a, b), axes),
            largest: reduceMax(add(a, b), axes),
            running: cumsum(a, axis, { exclusive, reverse: isReverse }),
            padded: pad(b, [1, 0], [2, 3]),
            ...(shape[axis] > 0 && { place: argMax(a, axis) }),
          };
          const depth = sizeOf(axes.map((at) => shape[at]));
          await expectSame(`${names} [${shape}] over ${axes}`, outputs, float32.contraction(depth));
        },
      ),
      { seed, numRuns: 250 },
    );
  });

  it('convolves with any stride, dilation and padding, to second derivatives', async () => {
    const bounds = [float32.contraction(45), float32.gradient, float32.secondDerivative];
    await fc.assert(
      fc.asyncProperty(window, async ({ batch, image, channels, filters, window: extents, ...options }) => {
        const x = leaf('x', [batch, ...image, channels]);
        const w = leaf('w', [...extents, channels, filters]);
        const y = einsum('bpqijc,ijcf->bpqf', patches(x, extents, options), w);
        const title = JSON.stringify({ batch, image, channels, filters, extents, ...options });
        for (const [order, program] of derivativesOf(programOf('convolution', { y }), 2).entries()) {
          const inputs = [drawValues(program.inputs, 5)];
          await expectRun(backend, { title, program, inputs, tolerance: bounds[order] });
        }
      }),
      { seed, numRuns: 60 },
    );
  });
});
