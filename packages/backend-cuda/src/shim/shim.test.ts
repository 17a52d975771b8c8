/** @file Mistakes put into printed kernels: the host shim must find each of them. */
import { expectAsInterpreted } from '@polyneuron/conformance';
import { defineProgram, einsum, mul, type Node, sum } from '@polyneuron/graph';
import { tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { hasShim } from '../testing/hostCompiler.js';
import { runOnShim } from '../testing/runOnShim.js';
import type { ShimCase } from '../testing/shimCase.js';

const shapes = { vector: [40], matrix: [40, 40] };

function spoiled(
  title: string,
  shape: readonly number[],
  build: (x: Node) => Node,
  spoil: (body: string) => string,
): ShimCase {
  const program = defineProgram({
    name: title,
    inputs: { x: { shape, dtype: 'float32' } },
    build: ({ inputs: { x } }) => ({ outputs: { y: build(x) } }),
  });
  const x = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => 1 + (i % 7));
  return { title, program, inputs: [{ x }], tolerance: tolerances.float32.gradient, spoil };
}

const twice = (x: Node) => mul(x, 2);
const square = (x: Node) => einsum('ij,jk->ik', x, x);

describe.skipIf(!hasShim('mistakes that the host shim finds'))('the host shim', () => {
  it.each([
    [
      'an element after the end',
      spoiled('after', shapes.vector, twice, (body) => body.replace('>= 40', '>= 41')),
      /use-after-poison[\s\S]*in kernel map of after/,
    ],
    [
      'an element before the start',
      spoiled('before', shapes.vector, twice, (body) => body.replace('p0[i0]', 'p0[i0 - 1]')),
      /use-after-poison[\s\S]*in kernel map of before/,
    ],
    [
      'an index of shared memory that is too large',
      spoiled('shared', shapes.matrix, square, (body) => body.replace('< 16; d', '< 17; d')),
      /runtime error: index 16 out of bounds/,
    ],
    [
      'blocks that write the same element',
      spoiled('blocks', [600], twice, (body) => body.replace('p1[i0] =', 'p1[0] =')),
      /results depend on the order of blocks or threads, in kernel map of blocks/,
    ],
    [
      'a barrier that is missing',
      spoiled('missing', shapes.matrix, square, (body) => body.replace(/__syncthreads\(\);\n/, '\n')),
      /results depend on the order of blocks or threads/,
    ],
    [
      'a barrier that some threads pass by',
      spoiled('passed by', shapes.matrix, square, (body) =>
        body.replace('__syncthreads();', 'if (t > 3) __syncthreads();'),
      ),
      /a thread ended that its block waits for|threads wait for each other at different places/,
    ],
    [
      'a warp that is left early',
      spoiled(
        'left',
        [1000],
        (x) => sum(x),
        (body) => body.replace(/(\n.*__shfl_xor_sync)/, '\n  if (t0 == 5) return;$1'),
      ),
      /a thread ended that its warp waits for/,
    ],
  ])('finds %s', async (_, one, message) => {
    await expect(runOnShim([one])).rejects.toThrow(message);
  });

  it('shows memory that nobody wrote as NaN', async () => {
    const one = spoiled(
      'unwritten',
      shapes.vector,
      (x) => mul(sum(x), 2),
      (body) => (body.includes('total') ? body.replace(/ +p\d\[.*\] = total.*\n/, '\n') : `${body}\n`),
    );
    const { results } = await runOnShim([one]);
    expect(() => expectAsInterpreted(one, results[0])).toThrow(/actual NaN/);
  });
});
