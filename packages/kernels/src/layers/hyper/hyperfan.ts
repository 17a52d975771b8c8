import type { ActivationName } from '../../activations/activations.js';
import { secondMoments } from './secondMoments.js';
import { type TaskNetwork, type TaskTensor, taskKernelShapes, taskTensors } from './taskNetwork.js';

/**
 * What the variance of generated weights should keep: 'hyperfanIn' the variance of the signal, 'hyperfanOut' that of
 * the gradient, 'hyperfanHarmonic' a balance of both, as Glorot's law is. 'zeroDelta': no variance, weights that do not
 * depend on z yet.
 */
export type HyperStart = 'hyperfanIn' | 'hyperfanOut' | 'hyperfanHarmonic' | 'zeroDelta';

/** How each start chooses between the variance that keeps the signal and the one that keeps the gradient. */
export const hyperStarts: { readonly [K in HyperStart]: (fanIn: number, fanOut: number) => number } = {
  hyperfanIn: (fanIn) => fanIn,
  hyperfanOut: (_, fanOut) => fanOut,
  // 2 / (1/a + 1/b) without a division by zero: a variance of 0 stays 0
  hyperfanHarmonic: (fanIn, fanOut) => (fanIn + fanOut === 0 ? 0 : (2 * fanIn * fanOut) / (fanIn + fanOut)),
  zeroDelta: () => 0,
};

/**
 * The variance that each generated tensor should have at the start, in the order of `taskTensors`.
 *
 * Inputs of a layer have second moment q: 1 for x, E[a(g)²] for the activation a before it. s = E[a'(g)²] of the
 * activation after it. With n inputs, m units, rank r, and a generated bias taking half of the output's variance:
 *
 * in   W 1 / (k n q),  u 1 / (n q),  v 1 / (k r),  core 1 / (k r q),  bias 1/2;     k = 2 with a bias, else 1
 * out  W and v 1 / (m s),  u 1 / r,  core 1 / (r s),  bias max(0, 1 - what the kernel then gives to E[y²])
 *
 * so that every unit has E[y²] = 1 over draws of the weights ('in'), or every input E[∂x²] = E[∂y²] ('out'). For relu
 * networks q = s = 1/2 inside: the factors of the source. A core counts on learned projections with laws of 1 / fan-in
 * ('in') or 1 / fan-out ('out').
 *
 * Source   Chang, Flokas and Lipson 2020, Principled Weight Initialization for Hypernetworks
 */
export function hyperfanVariances(
  network: TaskNetwork,
  taskActivation: ActivationName,
  start: HyperStart,
): number[] {
  const hidden = secondMoments(taskActivation, 1);
  const lastLayer = network.units.length - 1;
  const kernels = taskKernelShapes(network);
  return taskTensors(network).map((tensor) => {
    const { kind, layer, shape } = tensor;
    const [n, m] = kernels[layer];
    const q = layer === 0 ? 1 : hidden.value;
    const s = layer === lastLayer ? 1 : hidden.slope;
    const share = network.useBias ? 2 : 1;
    const laws: { readonly [K in TaskTensor['kind']]: readonly [number, number] } = {
      kernel: [1 / (share * n * q), 1 / (m * s)],
      u: [1 / (n * q), 1 / shape[1]],
      v: [1 / (share * shape[0]), 1 / (m * s)],
      core: [1 / (share * shape[0] * q), 1 / (shape[0] * s)],
      bias: [1 / 2, Math.max(0, 1 - (n * q) / (m * s))],
    };
    return hyperStarts[start](...laws[kind]);
  });
}
