/** @file What a command line asks `bench` to measure, with every name checked before anything is measured. */
import {
  type BackendSource,
  type BenchOptions,
  benchCases,
  type ContenderSpec,
  casesOfSuite,
  contendersFor,
  type Suite,
  suites,
} from '@polyneuron/bench';
import { lookUp } from '../closestName.js';
import { UsageError } from '../errors.js';

export interface PlanRequest {
  readonly suite?: string | undefined;
  readonly cases?: readonly string[] | undefined;
  readonly contenders?: readonly string[] | undefined;
  readonly baseline?: string | undefined;
}

export interface BenchPlan extends Required<Pick<BenchOptions, 'contenders' | 'baseline'>> {
  readonly suite: Suite;
  /** In the order of the registry. */
  readonly cases: readonly string[];
}

interface SuiteDefaults {
  readonly contenders: readonly string[];
  readonly baseline: string;
}

/** Contenders that take minutes (tfjs-cpu), compile in every call (fit) or start other programs (jax) are measured where they are named. */
const defaults: { readonly [S in Suite]: SuiteDefaults } = {
  steps: { contenders: ['polyneuron-wasm', 'tfjs-wasm'], baseline: 'tfjs-wasm' },
  gemm: { contenders: ['polyneuron-wasm', 'tfjs-wasm'], baseline: 'tfjs-wasm' },
  // Stock tfjs has none of these layers: the same program op by op is what compiling is compared with.
  layers: { contenders: ['polyneuron-wasm', 'polyneuron-tfjs'], baseline: 'polyneuron-tfjs' },
};

/**
 * Resolves names and defaults. Without a suite, the first case decides; without cases either, it is 'steps'.
 *
 * Throws   UsageError on an unknown name, with the nearest known one; on a case of another suite; on a baseline that does
 *          not take part
 */
export function planBench(
  request: PlanRequest,
  backends: readonly BackendSource[],
  peers: readonly ContenderSpec[] = [],
): BenchPlan {
  const suite = chooseSuite(request);
  const registry = contendersFor(backends, peers).map(({ name }) => name);
  const contenders = chooseContenders(request.contenders ?? defaults[suite].contenders, registry);
  return {
    suite,
    cases: chooseCases(suite, request.cases),
    contenders,
    baseline: chooseBaseline(request.baseline, contenders, registry) ?? defaults[suite].baseline,
  };
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

function chooseContenders(wanted: readonly string[], registry: readonly string[]): readonly string[] {
  const known = named(['all', ...registry]);
  for (const name of wanted) lookUp(known, name, { subject: '--contenders', kind: 'contender' });
  return wanted.includes('all') ? registry : registry.filter((name) => wanted.includes(name));
}

function chooseBaseline(
  wanted: string | undefined,
  contenders: readonly string[],
  registry: readonly string[],
): string | undefined {
  if (wanted === undefined) return undefined;
  const name = lookUp(named(registry), wanted, { subject: '--baseline', kind: 'contender' });
  if (contenders.includes(name)) return name;
  throw new UsageError({
    subject: '--baseline',
    expected: `one of the contenders measured: ${contenders.join(', ')}`,
    received: `'${name}'`,
    fix: `add it: --contenders ${[...contenders, name].join(',')}`,
  });
}

/** Names as a table, which is what `lookUp` searches. */
function named<T extends string>(names: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(names.map((name) => [name, name]));
}
