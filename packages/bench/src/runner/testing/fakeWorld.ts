/** @file A world without time: contenders move a clock by hand, and no case takes long to check. */
import type { BenchCase } from '../../cases/benchCase.js';
import type { Contender, ContenderSpec, Unsupported, Workload } from '../../contenders/contender.js';
import type { Environment } from '../../environment/captureEnvironment.js';
import type { OpenedCase } from '../../programs/caseProgram.js';
import type { BenchWorld } from '../runBench.js';

/** C [2, 2] = A B: the smallest thing there is to get right. */
export const smallCase: BenchCase = {
  name: 'small',
  title: 'C [2, 2] = A B',
  suite: 'gemm',
  unit: 'ms/run',
  task: { kind: 'matMul', m: 2, n: 2, k: 2, form: 'nn' },
};

export const otherCase: BenchCase = { ...smallCase, name: 'other' };

export interface FakeClock {
  readonly now: () => number;
  advance(ms: number): void;
}

export function createFakeClock(): FakeClock {
  let time = 0;
  return {
    now: () => time,
    advance: (ms) => {
      time += ms;
    },
  };
}

export interface FakeOptions {
  readonly name: string;
  readonly threads?: number;
  /** Time of the at-th run since the workload began, in ms. default 1 */
  readonly costOf?: (at: number) => number;
  /** What the check computes. default: the reference */
  readonly compute?: (opened: OpenedCase) => Promise<Record<string, ArrayLike<number>>>;
  readonly onRun?: (at: number) => void;
  readonly unsupported?: (opened: OpenedCase) => string | undefined;
  readonly workload?: Partial<Pick<Workload, 'granularity' | 'maximumRuns' | 'minimumTimingMs'>>;
}

/** A contender that computes the reference and spends the time it is told to. `log` takes what happens, in order. */
export function fakeContender(clock: FakeClock, options: FakeOptions, log: string[] = []): Contender {
  const { name, threads = 1, costOf = () => 1, onRun = () => {}, compute = referenceOf } = options;
  return {
    name,
    threads,
    device: 'fake',
    async activate() {
      log.push(`activate ${name}`);
    },
    async prepare(opened): Promise<Workload | Unsupported> {
      const reason = options.unsupported?.(opened);
      if (reason) return { unsupported: reason };
      clock.advance(10);
      let done = 0;
      return {
        ...options.workload,
        async check() {
          clock.advance(5);
          return compute(opened);
        },
        async run(runs) {
          log.push(`run ${name} ${runs}`);
          for (let at = 0; at < runs; at++) {
            onRun(done);
            clock.advance(costOf(done++));
          }
        },
        dispose: () => void log.push(`dispose ${name} ${opened.name}`),
      };
    },
    dispose: () => void log.push(`dispose ${name}`),
  };
}

export async function referenceOf({ check }: OpenedCase): Promise<Record<string, Float64Array>> {
  return Object.fromEntries(Object.entries(check.reference()).map(([name, { values }]) => [name, values]));
}

export function specOf(name: string, ...contenders: readonly Contender[]): ContenderSpec {
  return { name, title: name, open: async () => ({ contenders, missing: [] }) };
}

export const fakeEnvironment: Environment = {
  date: '2026-01-01T00:00:00.000Z',
  runtime: 'Node 20.0.0',
  v8: '11.3',
  flags: [],
  platform: 'linux',
  cpu: 'Fake CPU',
  cores: 2,
  memoryBytes: 2 ** 32,
  simd: ['simd'],
  hasSharedMemory: true,
  loadAverage: 0,
  warnings: [],
};

export function fakeWorld(clock: FakeClock, specs: readonly ContenderSpec[]): BenchWorld {
  return {
    clock: clock.now,
    registry: [smallCase, otherCase],
    specs,
    measurePeak: () => ({ gflops: 0.001, variant: 'fake', bandwidthGBs: 1 }),
    captureEnvironment: async () => fakeEnvironment,
  };
}
