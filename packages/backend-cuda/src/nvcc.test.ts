/**
 * @file The printed kernels through nvcc, for two architectures; no GPU is needed.
 *
 * Two samples of each op with their gradients, every form of contraction and fold, and a scan. With
 * `POLYNEURON_COMPILE_ALL=1`, which scripts/compileAll.mjs sets, every program of the conformance suites.
 */
import {
  activationCases,
  allActivations,
  allLosses,
  allOptimizers,
  largeLayerCases,
  layerCases,
  layerNames,
  lossCases,
  opCases,
} from '@polyneuron/conformance';
import { opNames } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { deviceFunctions } from './emit/deviceFunctions.js';
import { architectures, compileKernels } from './testing/compileKernels.js';
import { functionSizes, scannedOptimizerCases } from './testing/functionSizes.js';
import { hasCompiler } from './testing/hostCompiler.js';
import { printCase, type ShimCase } from './testing/shimCase.js';
import { foldCases, moveCases, productCases, trainingCase } from './testing/sizeCases.js';

const isEvery = process.env.POLYNEURON_COMPILE_ALL === '1';

/** The last samples of each op, and all that bring a device function that none before has. */
function someCases(): ShimCase[] {
  const known = new Set<string>();
  const sampled = opNames.flatMap((op) => {
    const own = opCases(op).filter(({ order }) => order < 2);
    return own.filter((one, at) => {
      const functions = functionsOf(one);
      const isNew = functions.some((name) => !known.has(name));
      for (const name of functions) known.add(name);
      return isNew || at >= own.length - 4;
    });
  });
  const folds = foldCases().filter((_, at) => at % 4 === 0);
  return [...sampled, ...productCases(), ...tensorCoreCases(), ...folds, ...moveCases(), trainingCase()];
}

const functionsOf = (one: ShimCase) => printCase(one, 0).placed.flatMap(({ kernel }) => kernel.functions);

function tensorCoreCases(): ShimCase[] {
  const large = productCases().filter(({ title }) => title.startsWith('ij,kj->ik'));
  return (['tf32', 'bf16'] as const).flatMap((tensorCores) =>
    large.map((one) => ({ ...one, options: { tensorCores } })),
  );
}

function allCases(): ShimCase[] {
  return [
    ...opNames.flatMap((op) => opCases(op)),
    ...layerNames.flatMap((name) => [...layerCases(name, { batch: 3 }), ...largeLayerCases(name)]),
    ...allActivations.flatMap((spec) => activationCases(spec, functionSizes)),
    ...allLosses.flatMap((spec) => lossCases(spec, functionSizes)),
    ...allOptimizers.flatMap(scannedOptimizerCases),
    ...productCases(),
    ...tensorCoreCases(),
    ...foldCases(),
    ...moveCases(),
    trainingCase(),
  ];
}

describe('the kernels that nvcc compiles', () => {
  const kernels = someCases().flatMap((one, at) => printCase(one, at).placed.map(({ kernel }) => kernel));

  it('are of every kind', () => {
    const kinds = new Set(kernels.map(({ name }) => name.replace(/_\d.*/, '')));
    expect([...kinds].sort()).toEqual([
      'argMax',
      'argMax_warp',
      'contraction',
      'cumulative',
      'cumulative_warp',
      'fold',
      'gather',
      'map',
      'random',
      'scatterAdd',
    ]);
  });

  it('call every device function', () => {
    const called = new Set(kernels.flatMap(({ functions }) => functions));
    expect([...called].sort()).toEqual(Object.keys(deviceFunctions).sort());
  });
});

describe.skipIf(!hasCompiler('nvcc', 'kernels through nvcc'))('nvcc', () => {
  it.each(architectures)(
    'compiles the printed kernels for %s without a warning',
    async (architecture) => {
      const cases = isEvery ? allCases() : someCases();
      const start = performance.now();
      const kernels = await compileKernels(cases, architecture);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.info(`${architecture}: ${kernels} kernels of ${cases.length} programs in ${seconds} s`);
      expect(kernels).toBeGreaterThan(300);
    },
    isEvery ? 7_200_000 : 300_000,
  );
});
