import type { Program } from '@polyneuron/graph';
import { ValueError } from '@polyneuron/graph';
import { getKernel, type KernelFunc, type NamedTensorInfoMap, registerKernel } from '@tensorflow/tfjs-core';
import { tensorEngineOf } from './tensorEngine.js';

const backendName = 'webgl';

/** Name under which `@polyneuron/backend-tfjs` looks for a kernel that runs whole programs. */
const kernelName = 'PolyneuronProgram';

/** Runs `attrs.program` on `inputs`; its outputs, in the order of the program. */
const kernelFunc: KernelFunc = ({ inputs, backend, attrs }) => {
  const { program } = attrs as unknown as { readonly program: Program };
  return tensorEngineOf(backend).run(program, inputs as NamedTensorInfoMap);
};

/**
 * Registers with tfjs, for its `webgl` backend, a kernel that runs a whole polyneuron program, so that every polyneuron
 * layer is one kernel forward and one backward, on textures. Call it once after importing
 * `@tensorflow/tfjs-backend-webgl`; calling it again does nothing.
 *
 * Throws   ValueError when the webgl backend of tfjs is not imported
 *
 * @example
 * import '@tensorflow/tfjs-backend-webgl';
 * installTfjsKernels();
 * await tf.setBackend('webgl');
 */
export function installTfjsKernels(): void {
  if (!getKernel('Add', backendName)) {
    throw new ValueError({
      subject: 'installTfjsKernels',
      expected: 'the webgl backend of tfjs',
      received: 'no kernels for it',
      fix: "import '@tensorflow/tfjs-backend-webgl' before the call, from the same copy of tfjs-core",
    });
  }
  if (!getKernel(kernelName, backendName)) registerKernel({ kernelName, backendName, kernelFunc });
}
