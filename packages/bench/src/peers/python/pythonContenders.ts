import type { Suite } from '../../cases/benchCase.js';
import type { ContenderSpec } from '../../contenders/contender.js';
import { type PythonOptions, type PythonPeer, pythonContender } from './pythonContender.js';

/** Suites whose cases are networks. */
const ofNetworks: readonly Suite[] = ['steps', 'inference', 'compile', 'convergence', 'scaling'];

const peers: readonly PythonPeer[] = [
  {
    name: 'jax',
    title: 'JAX, the update jitted, one call per step',
    framework: 'jax',
    mode: 'step',
    packages: 'jax',
    suites: [...ofNetworks, 'gemm', 'convolution'],
  },
  {
    name: 'jax-scan',
    title: 'JAX, all steps in one lax.scan',
    framework: 'jax',
    mode: 'scan',
    packages: 'jax',
    suites: ['steps', 'scaling'],
  },
  {
    name: 'torch',
    title: 'PyTorch, eager, fused optimizer',
    framework: 'torch',
    packages: 'torch numpy',
    suites: [...ofNetworks, 'gemm', 'convolution'],
  },
  {
    name: 'keras',
    title: 'Keras 3 on TensorFlow, train_on_batch',
    framework: 'keras',
    mode: 'plain',
    packages: 'keras tensorflow-cpu',
    suites: ofNetworks,
  },
  {
    name: 'keras-xla',
    title: 'Keras 3 on TensorFlow, train_on_batch compiled by XLA',
    framework: 'keras',
    mode: 'xla',
    packages: 'keras tensorflow-cpu',
    suites: ofNetworks,
  },
];

/**
 * The native frameworks that run in Python, each optional: `jax`, `jax-scan`, `torch`, `keras`, `keras-xla`.
 *
 * @example
 * const report = await runBench({ suite: 'steps', backends, peers: pythonContenders({ command: 'python3' }) });
 */
export function pythonContenders(options: PythonOptions = {}): readonly ContenderSpec[] {
  return peers.map((peer) => pythonContender(peer, options));
}
