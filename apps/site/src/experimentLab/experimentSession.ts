import { type ReadonlySignal, signal } from '@preact/signals';
import type { ExperimentPlan, FromExperiment, Outcome, ToExperiment } from './messages.js';

export type CardPhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly seed: number; readonly share: number; readonly text: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly text: string };

export interface CardState {
  readonly phase: CardPhase;
  readonly plan?: ExperimentPlan;
  /** After the seeds that are over. */
  readonly outcome?: Outcome;
}

export type StartWorker = (
  onMessage: (message: FromExperiment) => void,
  onCrash: (text: string) => void,
) => { send(message: ToExperiment): void; terminate(): void };

/** The experiments of the page: one runs at a time, each result stays. */
export interface ExperimentSession {
  readonly cards: ReadonlySignal<Readonly<Record<string, CardState>>>;
  /** The one that runs. */
  readonly running: ReadonlySignal<string | undefined>;
  start(plan: ExperimentPlan): void;
  /** Ends the run at once. What earlier seeds gave stays. */
  cancel(): void;
}

export const idleCard: CardState = { phase: { kind: 'idle' } };

export function createExperimentSession(startWorker: StartWorker): ExperimentSession {
  const cards = signal<Readonly<Record<string, CardState>>>({});
  const running = signal<string | undefined>(undefined);
  let end: (() => void) | undefined;

  const change = (id: string, part: Partial<CardState>) => {
    cards.value = { ...cards.value, [id]: { ...(cards.value[id] ?? idleCard), ...part } };
  };
  const finish = (phase: CardPhase) => {
    const id = running.value;
    end?.();
    end = undefined;
    running.value = undefined;
    if (id !== undefined) change(id, { phase });
  };

  return {
    cards,
    running,
    start(plan) {
      if (running.value !== undefined) return;
      running.value = plan.id;
      cards.value = {
        ...cards.value,
        [plan.id]: { plan, phase: { kind: 'running', seed: 0, share: 0, text: 'starting' } },
      };
      const worker = startWorker(
        (message) => {
          if (message.kind === 'progress') {
            const { seed, label, done, total, note } = message;
            const text = `${label}${note === '' ? '' : `, ${note}`}`;
            change(plan.id, { phase: { kind: 'running', seed, share: done / total, text } });
          }
          if (message.kind === 'judged') change(plan.id, { outcome: message.outcome });
          if (message.kind === 'done') finish({ kind: 'done' });
          if (message.kind === 'failed') finish({ kind: 'failed', text: message.text });
        },
        (text) => finish({ kind: 'failed', text }),
      );
      end = () => worker.terminate();
      worker.send({ kind: 'run', plan });
    },
    cancel: () => finish({ kind: 'cancelled' }),
  };
}

/** Starts the worker's script in a browser. */
export const startExperimentWorker: StartWorker = (onMessage, onCrash) => {
  const worker = new Worker(new URL('./experiment.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => onMessage(data as FromExperiment);
  worker.onerror = (event) => {
    event.preventDefault();
    onCrash(event.message || 'its script could not be loaded');
  };
  return { send: (message) => worker.postMessage(message), terminate: () => worker.terminate() };
};
