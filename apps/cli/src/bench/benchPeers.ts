import type { ContenderSpec } from '@polyneuron/bench';
import { pythonContenders } from '@polyneuron/bench/node';

/** What a framework may take to be imported or to compile a case, on a busy machine. */
const startAllowanceMs = 60_000;

export interface PeerOptions {
  /** Interpreter. default: POLYNEURON_PYTHON, else python3 */
  readonly python?: string;
  readonly threads: readonly number[];
  readonly budgetMs: number;
}

/** The native peers: each in a process of its own, at the thread counts of our own contenders. */
export function benchPeers({ python, threads, budgetMs }: PeerOptions): readonly ContenderSpec[] {
  return pythonContenders({
    ...(python !== undefined && { command: python }),
    threads,
    answerLimitMs: startAllowanceMs + budgetMs,
  });
}
