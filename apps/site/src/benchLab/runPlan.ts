import {
  type BenchReport,
  type BenchWorld,
  benchCases,
  type Contender,
  type ContenderSpec,
  captureEnvironment,
  type GraphicsPeak,
  measurePeak,
  measureTriads,
  type Peak,
  type ProgressEvent,
  platformClock,
  runBenchIn,
} from '@polyneuron/bench';
import { createPauses } from '../worker/pauses.js';
import { makeContender } from './contenders.js';
import { measureGraphicsPeak } from './graphicsPeak.js';
import { type BenchPlan, baselineOf, casesOf, deviceOf, type Pace, paces } from './plan.js';
import { sizeCases } from './sizeCases.js';
import { wrongContender } from './wrongContender.js';

export interface PlanEvents {
  readonly onProgress: (event: ProgressEvent) => void;
  readonly onPartial: (report: BenchReport) => void;
  /** Stops between two timings; `runPlan` then throws the signal's reason. */
  readonly signal: AbortSignal;
}

/** A timing lasts at least this long, and at least so many steps of the clock. */
const minimumTimingMs = 2;
const minimumClockSteps = 50;

/** Runs a plan with the contenders of a browser; in a worker, for it keeps its thread busy. */
export async function runPlan(plan: BenchPlan, events: PlanEvents): Promise<BenchReport> {
  const pace = paces[plan.length];
  const { graphics, warnings } = graphicsOf(plan, pace);
  const captured = await captureEnvironment();
  const environment = { ...captured, warnings: [...captured.warnings, ...warnings] };
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
      signal: events.signal,
    },
    { ...worldOf(plan, pace, graphics), captureEnvironment: async () => environment },
  );
}

function worldOf(
  plan: BenchPlan,
  pace: Pace,
  graphics: GraphicsPeak | undefined,
): Omit<BenchWorld, 'captureEnvironment'> {
  const specs = plan.contenders.map((key) => makeContender[key](plan.threads));
  const wrong = plan.hasWrongContender ? [wrongContender(makeContender['polyneuron-wasm'](1))] : [];
  return {
    clock: platformClock,
    registry: [...benchCases, ...sizeCases],
    specs: [...specs, ...wrong].map(lettingMessagesIn),
    measurePeak: () => peakOf(pace.peakMs, graphics),
  };
}

/**
 * The same contender; before each of its turns, outside of every timing, what was sent to this thread arrives. It is not
 * disposed: it ends with this worker, and threads ended just before it would hold up that end (`endGently`).
 */
function lettingMessagesIn(spec: ContenderSpec): ContenderSpec {
  const pause = createPauses();
  return {
    ...spec,
    async open() {
      const { contenders, missing } = await spec.open();
      return {
        missing,
        contenders: contenders.map((one) => ({ ...one, activate: () => enter(one), dispose: () => {} })),
      };
    },
  };
  async function enter(contender: Contender): Promise<void> {
    await pause(0);
    await contender.activate?.();
  }
}

function peakOf(budgetMs: number, graphics: GraphicsPeak | undefined): Peak | undefined {
  const peak = measurePeak({ budgetMs });
  return peak && { ...peak, triads: measureTriads({ budgetMs }), ...(graphics && { graphics }) };
}

interface Graphics {
  readonly graphics?: GraphicsPeak;
  readonly warnings: readonly string[];
}

/** Measured once, where a contender computes on it; a device that computes wrongly ends no run of the others. */
function graphicsOf({ contenders }: BenchPlan, { peakMs }: Pace): Graphics {
  if (!contenders.some((key) => deviceOf[key] === 'graphics')) return { warnings: [] };
  try {
    const graphics = measureGraphicsPeak({ budgetMs: peakMs });
    return { ...(graphics && { graphics }), warnings: [] };
  } catch (cause) {
    return { warnings: [`no ceiling of the graphics device: ${(cause as Error).message}`] };
  }
}
