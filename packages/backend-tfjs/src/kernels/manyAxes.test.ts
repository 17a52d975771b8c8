/** @file Tensors of five to eight axes: the stock wasm kernels are silently wrong from seven on. */
import {
  add,
  constant,
  input,
  interpret,
  less,
  max,
  mul,
  type Node,
  pad,
  programOf,
  select,
  sizeOf,
  sub,
} from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTfjsBackend } from '../index.js';

const extents = [2, 2, 1, 3, 2, 2, 1, 3];

/** By name, of x with all axes and y that has the last two alone. */
function formsOf(rank: number): Record<string, Node> {
  const shape = extents.slice(0, rank);
  const x = input('x', { shape, dtype: 'float32' });
  const y = input('y', { shape: shape.slice(-2), dtype: 'float32' });
  return {
    'equal shapes': sub(mul(x, x), x),
    'a stretched operand': add(mul(x, y), mul(y, sub(y, x))),
    'a literal': max(0, mul(x, 3)),
    select: select(less(x, y), x, y),
    pad: pad(
      x,
      shape.map((_, axis) => axis % 2),
      shape.map((_, axis) => (axis === 0 ? 2 : 0)),
      7,
    ),
    'a stretched constant': mul(x, constant([1, 2, 3].slice(0, shape[rank - 1]), [shape[rank - 1]])),
  };
}

describe.each([
  ['cpu', true],
  ['cpu', false],
  ['wasm', true],
  ['wasm', false],
] as const)('many axes on tfjs %s, host memory %s', (tfjsName, useHostMemory) => {
  beforeAll(async () => expect(await setBackend(tfjsName)).toBe(true));

  it.each([5, 6, 7, 8])('rank %d', async (rank) => {
    const backend = createTfjsBackend({ useHostMemory });
    const before = memory().numTensors;
    for (const [name, node] of Object.entries(formsOf(rank))) {
      const program = programOf(name, { result: node });
      const random = testRandom(rank);
      const inputs = Object.fromEntries(
        Object.entries(program.inputs).map(([key, { shape }]) => [
          key,
          Float32Array.from(random.normals(sizeOf(shape))),
        ]),
      );
      const executable = await backend.compile(program);
      const { result } = await executable.run(inputs);
      expectClose(result, interpret(program, { inputs }).outputs.result, tolerances.float32.elementwise);
      executable.dispose();
    }
    expect(memory().numTensors).toBe(before);
  });
});
