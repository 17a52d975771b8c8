/**
 * @file Contractions on tensor cores, whose instructions the host shim has in C++, and nvcc in machine code.
 *
 * Bound   rounding an operand has a relative error of u at most, so a product of two has 2 u + u², and the result
 *         (2 u + u²) Σ |left| |right|, besides the error of a sum in float32 from the table; u = 2^-11 for tf32,
 *         2^-8 for bf16. The instruction may truncate where it adds: one ulp of float32 per term, which the table's
 *         bound for a depth exceeds
 */
import type { TensorData } from '@polyneuron/backend';
import { drawValues } from '@polyneuron/conformance';
import { abs, add, einsum, input, interpret, type Node, programOf, type Shape } from '@polyneuron/graph';
import { expectClose, tolerances } from '@polyneuron/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TensorFormat } from './emit/contractionForm.js';
import { printProgram } from './emit/printCudaPlan.js';
import { architectures, compileKernels } from './testing/compileKernels.js';
import { hasCompiler, hasShim } from './testing/hostCompiler.js';
import { reportRun, runOnShim, type ShimRun } from './testing/runOnShim.js';
import type { ShimCase } from './testing/shimCase.js';

const unitRoundoff: { readonly [K in TensorFormat]: number } = { tf32: 2 ** -11, bf16: 2 ** -8 };
const formats = Object.keys(unitRoundoff) as TensorFormat[];

const leaf = (name: string, shape: Shape): Node => input(name, { shape, dtype: 'float32' });

const products: readonly (readonly [spec: string, left: Shape, right: Shape, depth: number])[] = [
  ['ij,jk->ik', [64, 64], [64, 64], 64],
  ['ij,jk->ik', [33, 17], [17, 130], 17],
  ['ji,kj->ki', [40, 65], [70, 40], 40],
  ['bij,bkj->bik', [2, 35, 48], [2, 36, 48], 48],
  ['ij,jk->ik', [50, 300], [300, 40], 300],
];

describe.each(formats)('%s on tensor cores', (tensorCores) => {
  const cases = products.map(([spec, left, right]): ShimCase => {
    const [a, b] = [leaf('a', left), leaf('b', right)];
    const product = einsum(spec, a, b);
    // An epilogue, and the sum of sizes that the bound needs
    const program = programOf(`${spec} ${left} ${right}`, { y: add(product, 1) });
    return {
      title: `${program.name}, ${tensorCores}`,
      program,
      inputs: [drawValues(program.inputs, left.length + right[0])],
      tolerance: tolerances.float32.exact,
      options: { tensorCores },
    };
  });

  it('takes every product of this test, in one launch or split', () => {
    for (const { program, options } of cases) {
      const [first] = printProgram(program, options).placed;
      expect(first.kernel.name).toMatch(new RegExp(`^contraction_64x64x\\d+_${tensorCores}$`));
    }
  });

  describe.skipIf(!hasShim(`${tensorCores} through the emitted CUDA`))('on the host', () => {
    let run: ShimRun;
    beforeAll(async () => {
      run = await runOnShim(cases);
      reportRun(tensorCores, run);
    }, 300_000);

    it.each(products.map((product, at) => [at, ...product] as const))(
      'computes product %i, %s, within the error of rounded operands',
      (at, spec, left, right, depth) => {
        const { program, inputs } = cases[at];
        const sizes = programOf('sizes', { y: einsum(spec, abs(leaf('a', left)), abs(leaf('b', right))) });
        const [expected, largest] = [program, sizes].map(
          (one) => interpret(one, { inputs: inputs[0] }).outputs.y,
        );
        const u = unitRoundoff[tensorCores];
        const { rtol, atol } = tolerances.float32.contraction(depth);
        const actual: TensorData = run.results[at].outputs[0].y;
        let isRounded = false;
        expected.forEach((value, i) => {
          const bound = (2 * u + u * u) * largest[i];
          expectClose(actual[i], value, { rtol, atol: atol + bound });
          isRounded ||= Math.abs(actual[i] - value) > 16 * atol;
        });
        // As precise as float32 would mean that nothing was rounded
        expect(isRounded).toBe(true);
      },
    );
  });

  describe.skipIf(!hasCompiler('nvcc', `${tensorCores} through nvcc`))('nvcc', () => {
    it.each(architectures)('compiles it for %s', async (architecture) => {
      expect(await compileKernels(cases, architecture)).toBeGreaterThanOrEqual(cases.length);
    });
  });
});
