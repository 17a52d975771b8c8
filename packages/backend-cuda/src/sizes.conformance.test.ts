/** @file Programs over the sizes where warps, tiles and splits end, through the emitted CUDA on the host. */
import { expectAsInterpreted } from '@polyneuron/conformance';
import { beforeAll, describe, expect, it } from 'vitest';
import { printProgram } from './emit/printCudaPlan.js';
import { hasShim } from './testing/hostCompiler.js';
import { reportRun, runOnShim, type ShimRun } from './testing/runOnShim.js';
import { foldCases, moveCases, productCases, trainingCase } from './testing/sizeCases.js';

const cases = [...productCases(), ...foldCases(), ...moveCases(), trainingCase()];

describe.skipIf(!hasShim('sizes through the emitted CUDA'))('emitted CUDA on the host', () => {
  let run: ShimRun;
  beforeAll(async () => {
    run = await runOnShim(cases);
    reportRun('sizes', run);
  }, 300_000);

  it.each(cases.map(({ title }, at) => ({ title, at })))('computes $title', ({ at }) => {
    expectAsInterpreted(cases[at], run.results[at]);
  });
});

describe('the kernels of these programs', () => {
  it('have every form that is printed', () => {
    const names = cases.flatMap(({ program }) =>
      printProgram(program).placed.map(({ kernel }) => kernel.name),
    );
    expect([...new Set(names)].sort()).toMatchInlineSnapshot(`
      [
        "argMax",
        "argMax_warp",
        "contraction_32x32x16",
        "contraction_64x64x16",
        "cumulative",
        "cumulative_warp",
        "fold_128x1",
        "fold_16x2",
        "fold_1x128",
        "fold_1x256",
        "fold_1x64",
        "fold_256x1",
        "fold_2x32",
        "fold_32x1",
        "fold_32x8",
        "fold_4x64",
        "fold_4x8",
        "fold_64x1",
        "fold_64x4",
        "fold_8x32",
        "fold_8x4",
        "fold_8x8",
        "gather",
        "map",
        "random",
        "scatterAdd",
      ]
    `);
  });
});
