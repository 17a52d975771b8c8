/** @file Every op on polynomials against the float64 interpreter, on the samples that backends are tested with. */
import { opSamples } from '@polyneuron/conformance';
import {
  cast,
  input,
  interpretNodes,
  type Node,
  type NodeOf,
  type OpName,
  opNames,
  sizeOf,
  topologicalOrder,
} from '@polyneuron/graph';
import { expectClose, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { LeftRing, readElements, valueAt } from '../testing/readElements.js';
import { degreeOf } from './ring.js';

/** Ops that keep polynomials polynomials, with the largest degree that a sample's program has in its inputs. */
const degrees: { readonly [K in OpName]?: number } = {
  neg: 1,
  stopGradient: 2,
  add: 1,
  sub: 1,
  mul: 2,
  pow: 3,
  select: 1,
  sum: 1,
  broadcast: 1,
  reshape: 1,
  transpose: 1,
  slice: 1,
  pad: 1,
  concat: 1,
  reverse: 1,
  einsum: 2,
  cumsum: 1,
  gather: 1,
  scatterAdd: 1,
  patches: 1,
  fold: 1,
};

/** The outputs of a sample's program in its float32 inputs; undefined where an op leaves the ring. */
function read(outputs: readonly Node[], inputs: Readonly<Record<string, ArrayLike<number>>>) {
  const leaves = topologicalOrder(outputs).filter(
    (node): node is NodeOf<'input'> & Node => node.op === 'input' && node.dtype === 'float32',
  );
  try {
    return { elements: readElements(outputs, leaves, inputs), leaves };
  } catch (error) {
    if (error instanceof LeftRing) return undefined;
    throw error;
  }
}

const sizeLimit = 300;

describe.each(opNames)('%s', (op) => {
  const samples = (op === 'state' ? [] : opSamples[op]).filter(({ program: { inputs, outputs } }) =>
    Object.values({ ...inputs, ...outputs }).every(({ shape }) => sizeOf(shape) <= sizeLimit),
  );

  it('equals the interpreter wherever it stays in the ring', () => {
    let kept = 0;
    for (const { program, inputs } of samples) {
      const outputs = Object.values(program.outputs);
      const found = read(outputs, inputs);
      if (!found) continue;
      const { elements, leaves } = found;
      const x = leaves.flatMap(({ attributes: { name } }) => Array.from(inputs[name]));
      const expected = interpretNodes(outputs, { inputs }).flatMap((values) => Array.from(values));
      expectClose(
        elements.map((element) => valueAt(element, x)),
        expected,
        tolerances.float64.contraction(sizeLimit),
      );
      const degree = Math.max(0, ...elements.map(degreeOf));
      expect(degree).toBeLessThanOrEqual(degrees[op] ?? 1);
      if (degree > 0 && degree === degrees[op]) kept++;
    }
    // An op that is not in the table may pass elements on where its own operands are numbers, no more.
    if (op in degrees) expect(kept).toBeGreaterThan(0);
  });
});

describe('cast', () => {
  it('takes integers as values of variables, and truncates no polynomial', () => {
    const x = input('x', { shape: [2], dtype: 'int32' });
    const [a] = readElements([cast(x, 'float32')], [x], {});
    expect(valueAt(a, [3, 4])).toBe(3);
    const y = input('y', { shape: [2], dtype: 'float32' });
    expect(() => readElements([cast(y, 'int32')], [y], {})).toThrow(LeftRing);
  });
});
