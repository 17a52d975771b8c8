/** @file What a command line asks `bench` to measure, with every name checked before anything is measured. */
import {
  type BenchOptions,
  benchCases,
  type ContenderSpec,
  casesOfSuite,
  type Suite,
  suites,
} from '@polyneuron/bench';
import { lookUp } from '../closestName.js';
import { UsageError } from '../errors.js';
import {
  type ContenderRequest,
  chooseBaseline,
  chooseContenders,
  type Elsewhere,
  named,
} from './chooseContenders.js';

export interface PlanRequest extends ContenderRequest {
  readonly suite?: string | undefined;
  readonly cases?: readonly string[] | undefined;
}

export interface BenchPlan extends Required<Pick<BenchOptions, 'contenders' | 'baseline'>> {
  readonly suite: Suite;
  /** In the order of the registry. */
  readonly cases: readonly string[];
}

const defaultRounds = 30;

interface SuiteDefaults {
  readonly contenders: readonly string[];
  readonly baseline: string;
  /** default 30. A round has one call, and the 95th percentile of a few calls says little */
  readonly rounds?: number;
}

/** Contenders that take minutes (tfjs-cpu), compile in every call (fit) or start other programs (jax) are measured where they are named. */
const defaults: { readonly [S in Suite]: SuiteDefaults } = {
  steps: { contenders: ['polyneuron-wasm', 'tfjs-wasm'], baseline: 'tfjs-wasm' },
  gemm: { contenders: ['polyneuron-wasm', 'tfjs-wasm'], baseline: 'tfjs-wasm' },
  // Stock tfjs has none of these layers: the same program op by op is what compiling is compared with.
  layers: { contenders: ['polyneuron-wasm', 'polyneuron-tfjs'], baseline: 'polyneuron-tfjs' },
  convolution: { contenders: ['polyneuron-wasm', 'tfjs-wasm'], baseline: 'tfjs-wasm' },
  inference: { contenders: ['polyneuron-wasm', 'tfjs-wasm'], baseline: 'tfjs-wasm', rounds: 300 },
  compile: { contenders: ['polyneuron-wasm', 'tfjs-wasm'], baseline: 'tfjs-wasm' },
  convergence: { contenders: ['polyneuron-wasm', 'tfjs-wasm'], baseline: 'tfjs-wasm' },
  scaling: { contenders: ['polyneuron-wasm', 'tfjs-wasm'], baseline: 'tfjs-wasm' },
};

/**
 * Resolves names and defaults. Without a suite, the first case decides; without cases either, it is 'steps'.
 *
 * Throws   UsageError on an unknown name, with the nearest known one; on a contender that only another runtime has; on a
 *          case of another suite; on a baseline that does not take part
 */
export function planBench(
  request: PlanRequest,
  specs: readonly Pick<ContenderSpec, 'name'>[],
  elsewhere: Elsewhere = {},
): BenchPlan {
  const suite = chooseSuite(request);
  const registry = [...new Set(specs.map(({ name }) => name))];
  const contenders = chooseContenders(request, defaults[suite].contenders, { registry, elsewhere });
  return {
    suite,
    cases: chooseCases(suite, request.cases),
    contenders,
    baseline: chooseBaseline(request, defaults[suite].baseline, { contenders, registry }),
  };
}

/** Timings per contender and case, where no number is asked for. */
export function roundsOf(suite: Suite): number {
  return defaults[suite].rounds ?? defaultRounds;
}

function chooseSuite({ suite, cases }: PlanRequest): Suite {
  if (suite !== undefined) return lookUp(named(suites), suite, { subject: '--suite', kind: 'suite' });
  const [first] = cases ?? [];
  if (first === undefined) return 'steps';
  const suiteOfCase = Object.fromEntries(benchCases.map((one) => [one.name, one.suite]));
  return lookUp(suiteOfCase, first, { subject: '--cases', kind: 'case' });
}

function chooseCases(suite: Suite, wanted?: readonly string[]): readonly string[] {
  const names = casesOfSuite[suite].map(({ name }) => name);
  if (!wanted) return names;
  for (const name of wanted) {
    const other = benchCases.find((one) => one.name === name)?.suite;
    if (other !== undefined && other !== suite) {
      throw new UsageError({
        subject: '--cases',
        expected: `cases of one suite, '${suite}'`,
        received: `'${name}'`,
        fix: `it belongs to another run: --suite ${other}`,
      });
    }
    lookUp(named(names), name, { subject: '--cases', kind: `case of suite '${suite}'` });
  }
  return names.filter((name) => wanted.includes(name));
}
