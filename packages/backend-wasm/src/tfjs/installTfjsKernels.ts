import { BackendUnavailableError } from '@polyneuron/backend';
import { ValueError } from '@polyneuron/graph';
import {
  BatchMatMul,
  getKernel,
  type KernelConfig,
  type KernelFunc,
  registerKernel,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { probeSimd } from '../simdSupport.js';
import { batchMatMulOver } from './kernels/batchMatMul.js';
import { conv2dBackpropFilter } from './kernels/conv2dBackpropFilter.js';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './kernels/depthwiseBackprop.js';
import { einsumKernel } from './kernels/einsumKernel.js';
import { kernelFunction } from './kernels/kernelCall.js';
import { polyneuronProgram, polyneuronProgramName } from './kernels/polyneuronProgram.js';
import { unsortedSegmentSum } from './kernels/unsortedSegmentSum.js';

const backendName = 'wasm';

/** Kernels that tfjs's wasm backend lacks. */
const missing: readonly { readonly kernelName: string; readonly kernelFunc: KernelFunc }[] = [
  { kernelName: conv2dBackpropFilter.kernelName, kernelFunc: kernelFunction(conv2dBackpropFilter) },
  { kernelName: depthwiseBackpropFilter.kernelName, kernelFunc: kernelFunction(depthwiseBackpropFilter) },
  { kernelName: depthwiseBackpropInput.kernelName, kernelFunc: kernelFunction(depthwiseBackpropInput) },
  { kernelName: unsortedSegmentSum.kernelName, kernelFunc: kernelFunction(unsortedSegmentSum) },
  { kernelName: einsumKernel.kernelName, kernelFunc: kernelFunction(einsumKernel) },
  { kernelName: polyneuronProgramName, kernelFunc: polyneuronProgram },
];

/**
 * Registers with tfjs, for its `wasm` backend, what stock tfjs lacks there: the filter gradient of Conv2D, both
 * gradients of depthwise convolutions, UnsortedSegmentSum and Einsum; a SIMD BatchMatMul for transposed and batched
 * products; and a kernel that runs a whole polyneuron program, so that every polyneuron layer is one kernel forward and
 * one backward. Call it once after importing `@tensorflow/tfjs-backend-wasm`; calling it again does nothing. Kernels
 * that somebody else registered under the missing names stay.
 *
 * Throws   ValueError when the wasm backend of tfjs is not imported; BackendUnavailableError where the engine has no
 *          SIMD
 *
 * @example
 * import '@tensorflow/tfjs-backend-wasm';
 * installTfjsKernels();
 * await tf.setBackend('wasm');
 * await model.fit(x, y); // a tfjs CNN
 */
export function installTfjsKernels(): void {
  if (!probeSimd().simd) {
    throw new BackendUnavailableError({
      backend: 'wasm',
      reason: 'this engine has no WebAssembly SIMD',
      remedy:
        'use a browser or Node with WebAssembly SIMD (every engine since 2021), or stock tfjs without it',
    });
  }
  const stock = getKernel(BatchMatMul, backendName);
  if (!stock) {
    throw new ValueError({
      subject: 'installTfjsKernels',
      expected: 'the wasm backend of tfjs',
      received: 'no kernels for it',
      fix: "import '@tensorflow/tfjs-backend-wasm' before the call, from the same copy of tfjs-core",
    });
  }
  for (const kernel of missing)
    if (!getKernel(kernel.kernelName, backendName)) registerKernel({ ...kernel, backendName });
  replaceBatchMatMul(stock);
}

/** Replacements of BatchMatMul, to know them again. */
const replacements = new WeakSet<KernelFunc>();

function replaceBatchMatMul(stock: KernelConfig): void {
  if (replacements.has(stock.kernelFunc)) return;
  const kernelFunc = batchMatMulOver(stock.kernelFunc);
  replacements.add(kernelFunc);
  unregisterKernel(BatchMatMul, backendName);
  // The stock kernel's own set-up still has to run when the backend starts later
  registerKernel({ ...stock, kernelFunc });
}
