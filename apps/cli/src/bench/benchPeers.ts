import { loadTensorflow, registerTfjsBackend } from '@polyneuron/backend-cuda/native';
import { type ContenderSpec, tfjsContender } from '@polyneuron/bench';
import { jaxJsPeer, onnxPeers, pythonContenders } from '@polyneuron/bench/node';

/** What a framework may take to be imported or to compile a case, on a busy machine. */
const startAllowanceMs = 60_000;

export interface PeerOptions {
  /** Interpreter. default: POLYNEURON_PYTHON, else python3 */
  readonly python?: string;
  readonly threads: readonly number[];
  readonly budgetMs: number;
}

/** How long an answer from another process may take. */
export function answerLimit({ budgetMs }: Pick<PeerOptions, 'budgetMs'>): number {
  return startAllowanceMs + budgetMs;
}

/** The peers of Python, in a process each, at the thread counts of our own contenders. */
export function pythonPeers({ python, threads, budgetMs }: PeerOptions): readonly ContenderSpec[] {
  return pythonContenders({
    ...(python !== undefined && { command: python }),
    threads,
    answerLimitMs: answerLimit({ budgetMs }),
  });
}

/** The peers that only Node has; onnxruntime-node at each of these thread counts. */
export function nodePeers(threads: readonly number[]): readonly ContenderSpec[] {
  return [tfjsNode, jaxJsPeer(), ...onnxPeers(threads)];
}

/** Stock tfjs-node on the binding that `polyneuron-native` runs on. */
const tfjsNode = tfjsContender('tensorflow', {
  name: 'tfjs-node',
  load: async () => void registerTfjsBackend(),
  threads: () => loadTensorflow().threads,
  describe: () => `tfjs-node on TensorFlow ${loadTensorflow().version}`,
});
