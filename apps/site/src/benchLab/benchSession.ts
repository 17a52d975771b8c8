import type { BenchReport, ProgressEvent } from '@polyneuron/bench';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { FromBench } from './messages.js';
import { type BenchPlan, casesOf } from './plan.js';

export type BenchStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly share: number; readonly text: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'void'; readonly reason: string }
  | { readonly kind: 'failed'; readonly text: string };

export interface BenchWorker {
  run(plan: BenchPlan): void;
  /** Ends it, computing or not. Nothing that it says is heard any more. */
  end(): void;
}

/** What the session needs of the page around it. */
export interface BenchSurroundings {
  startWorker(onMessage: (message: FromBench) => void, onCrash: (text: string) => void): BenchWorker;
  /** Calls back when the page is hidden, or loses the focus. Returns what ends that. */
  onLoss(callback: (loss: 'hidden' | 'blurred') => void): () => void;
}

/** One benchmark at a time, in a worker of its own that ends with it. */
export interface BenchSession {
  readonly status: ReadonlySignal<BenchStatus>;
  /** The newest results: of the run that goes on, or of the last. */
  readonly report: ReadonlySignal<BenchReport | undefined>;
  readonly plan: ReadonlySignal<BenchPlan | undefined>;
  /** How often the window lost the focus; its tab stayed in sight. */
  readonly focusLosses: ReadonlySignal<number>;
  start(plan: BenchPlan): void;
  /** Ends the run at once. Results of the cases that are over stay. */
  stop(): void;
}

type Running = { readonly end: () => void };

export function createBenchSession(surroundings: BenchSurroundings): BenchSession {
  const status = signal<BenchStatus>({ kind: 'idle' });
  const report = signal<BenchReport | undefined>(undefined);
  const plan = signal<BenchPlan | undefined>(undefined);
  const focusLosses = signal(0);
  let running: Running | undefined;

  const finish = (next: BenchStatus) => {
    running?.end();
    running = undefined;
    status.value = next;
  };

  const onLoss = (loss: 'hidden' | 'blurred') => {
    if (loss === 'blurred') {
      focusLosses.value++;
      return;
    }
    const reason = 'the page was hidden, and browsers slow hidden pages down';
    const { value: found } = report;
    if (found?.run) report.value = { ...found, run: { ...found.run, voidedBy: reason } };
    finish({ kind: 'void', reason });
  };

  return {
    status,
    report,
    plan,
    focusLosses,
    start(wanted) {
      if (running) return;
      plan.value = wanted;
      report.value = undefined;
      focusLosses.value = 0;
      status.value = { kind: 'running', share: 0, text: 'starting' };
      const place = createPlace(casesOf(wanted));
      const worker = surroundings.startWorker(
        (message) => {
          if (message.kind === 'progress') status.value = place(message.event);
          if (message.kind === 'partial' || message.kind === 'done') report.value = message.report;
          if (message.kind === 'done') finish({ kind: 'done' });
          if (message.kind === 'failed') finish({ kind: 'failed', text: message.text });
        },
        (text) => finish({ kind: 'failed', text }),
      );
      const stopListening = surroundings.onLoss(onLoss);
      running = {
        end() {
          stopListening();
          worker.end();
        },
      };
      worker.run(wanted);
    },
    stop() {
      if (running) finish({ kind: 'stopped' });
    },
  };
}

type Notes = { readonly [P in ProgressEvent['phase']]: (event: ProgressEvent) => string };

const notes: Notes = {
  open: ({ contender }) => `starting ${contender}`,
  reference: (event) => `${event.case}: float64 reference`,
  check: (event) => `${event.case}: checking ${event.contender}`,
  'warm-up': (event) => `${event.case}: warming up ${event.contender}`,
  rounds: (event) => `${event.case}: round ${event.round} of ${event.rounds}`,
};

/** Where a run is, between 0 and 1: cases that are over, and the share of rounds of the present one. */
function createPlace(cases: readonly string[]): (event: ProgressEvent) => BenchStatus {
  return (event) => {
    const at = Math.max(0, cases.indexOf(event.case));
    const rounds = event.round === undefined ? 0 : event.round / (event.rounds ?? 1);
    return {
      kind: 'running',
      share: (at + rounds) / Math.max(1, cases.length),
      text: notes[event.phase](event),
    };
  };
}
