import {
  type BenchReport,
  type BenchWorld,
  benchCases,
  captureEnvironment,
  measurePeak,
  measureTriads,
  type Peak,
  type ProgressEvent,
  platformClock,
  runBenchIn,
} from '@polyneuron/bench';
import { makeContender } from './contenders.js';
import { type BenchPlan, baselineOf, casesOf, type Pace, paces } from './plan.js';
import { sizeCases } from './sizeCases.js';
import { wrongContender } from './wrongContender.js';

export interface PlanEvents {
  readonly onProgress: (event: ProgressEvent) => void;
  readonly onPartial: (report: BenchReport) => void;
}

/** A timing lasts at least this long, and at least so many steps of the clock. */
const minimumTimingMs = 2;
const minimumClockSteps = 50;

/** Runs a plan with the contenders of a browser; in a worker, for it does not let go of its thread. */
export async function runPlan(plan: BenchPlan, events: PlanEvents): Promise<BenchReport> {
  const pace = paces[plan.length];
  const environment = await captureEnvironment();
  const clockStepMs = environment.browser?.clockStepMs ?? 0;
  return runBenchIn(
    {
      backends: [],
      cases: casesOf(plan),
      rounds: pace.rounds,
      budgetMs: pace.budgetMs,
      minimumTimingMs: Math.max(minimumTimingMs, minimumClockSteps * clockStepMs),
      baseline: baselineOf(plan) ?? 'tfjs-wasm',
      seed: plan.seed,
      isNoiseMeasured: true,
      onProgress: events.onProgress,
      onPartial: events.onPartial,
    },
    { ...worldOf(plan, pace), captureEnvironment: async () => environment },
  );
}

function worldOf(plan: BenchPlan, pace: Pace): Omit<BenchWorld, 'captureEnvironment'> {
  const specs = plan.contenders.map((key) => makeContender[key](plan.threads));
  const wrong = plan.hasWrongContender ? [wrongContender(makeContender['polyneuron-wasm'](1))] : [];
  return {
    clock: platformClock,
    registry: [...benchCases, ...sizeCases],
    specs: [...specs, ...wrong],
    measurePeak: () => peakOf(pace.peakMs),
  };
}

function peakOf(budgetMs: number): Peak | undefined {
  const peak = measurePeak({ budgetMs });
  return peak && { ...peak, triads: measureTriads({ budgetMs }) };
}
