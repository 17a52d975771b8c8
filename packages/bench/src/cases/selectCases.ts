import { ValueError } from '@polyneuron/graph';
import { type BenchCase, type Suite, suites } from './benchCase.js';
import { compileCases } from './compileCases.js';
import { convergenceCases } from './convergenceCases.js';
import { convolutionCases } from './convolutionCases.js';
import { gemmCases } from './gemmCases.js';
import { inferenceCases } from './inferenceCases.js';
import { layerCases } from './layerCases.js';
import { scalingCases } from './scalingCases.js';
import { stepCases } from './stepCases.js';

/** Every case, by suite. */
export const casesOfSuite: { readonly [K in Suite]: readonly BenchCase[] } = {
  steps: stepCases,
  gemm: gemmCases,
  layers: layerCases,
  convolution: convolutionCases,
  inference: inferenceCases,
  compile: compileCases,
  convergence: convergenceCases,
  scaling: scalingCases,
};

/** Every case, suite by suite. */
export const benchCases: readonly BenchCase[] = suites.flatMap((suite) => casesOfSuite[suite]);

export interface CaseSelection {
  /** default: every suite */
  readonly suite?: Suite;
  /** Names among those of the suite. default: all of them */
  readonly cases?: readonly string[];
}

/**
 * The cases asked for, in the order of the registry.
 *
 * Throws   ValueError on a suite or a case that does not exist
 */
export function selectCases({ suite, cases }: CaseSelection, registry = benchCases): readonly BenchCase[] {
  if (suite !== undefined && !suites.includes(suite)) {
    throw new ValueError({
      subject: 'runBench',
      expected: `suite to be one of ${suites.join(', ')}`,
      received: `'${suite}'`,
      fix: 'leave it out to run every suite',
    });
  }
  const candidates = registry.filter((one) => suite === undefined || one.suite === suite);
  if (!cases) return candidates;
  const unknown = cases.filter((name) => !candidates.some((one) => one.name === name));
  if (unknown.length > 0) {
    throw new ValueError({
      subject: 'runBench',
      expected: `cases among ${candidates.map(({ name }) => name).join(', ')}`,
      received: unknown.map((name) => `'${name}'`).join(', '),
      fix: suite === undefined ? 'check the spelling' : `check the spelling, or the suite: '${suite}'`,
    });
  }
  return candidates.filter(({ name }) => cases.includes(name));
}
