import { loadTensorflow, registerTfjsBackend } from '@polyneuron/backend-cuda/native';
import { type ContenderSpec, tfjsContender } from '@polyneuron/bench';
import { jaxJsPeer, pythonContenders } from '@polyneuron/bench/node';

/** What a framework may take to be imported or to compile a case, on a busy machine. */
const startAllowanceMs = 60_000;

export interface PeerOptions {
  /** Interpreter. default: POLYNEURON_PYTHON, else python3 */
  readonly python?: string;
  readonly threads: readonly number[];
  readonly budgetMs: number;
}

/** The peers that only Node has: those of Python in a process each, at the thread counts of our own contenders; stock tfjs-node and jax-js in ours. */
export function benchPeers({ python, threads, budgetMs }: PeerOptions): readonly ContenderSpec[] {
  const ofPython = pythonContenders({
    ...(python !== undefined && { command: python }),
    threads,
    answerLimitMs: startAllowanceMs + budgetMs,
  });
  return [...ofPython, tfjsNode, jaxJsPeer()];
}

/** Stock tfjs-node on the binding that `polyneuron-native` runs on. */
const tfjsNode = tfjsContender('tensorflow', {
  name: 'tfjs-node',
  load: async () => void registerTfjsBackend(),
  threads: () => loadTensorflow().threads,
  describe: () => `tfjs-node on TensorFlow ${loadTensorflow().version}`,
});
