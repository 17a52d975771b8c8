import { createRequire } from 'node:module';
import { join } from 'node:path';
import { BackendUnavailableError } from '@polyneuron/backend';
import { findTfjsNode, type TfjsNodePackage } from '../locate/tfjsNodePackage.js';
import type { TensorflowBinding } from '../session/binding.js';
import {
  backendNameOf,
  type LoadTensorflowOptions,
  loadTensorflow,
  type Tensorflow,
} from './loadTensorflow.js';
import { supplyUtilFunctions } from './supplyUtilFunctions.js';

/** The part of tfjs that tfjs-node itself registers with. */
interface TfjsUnion {
  findBackendFactory(name: string): unknown;
  registerBackend(name: string, factory: () => unknown, priority: number): boolean;
}

interface KernelBackendModule {
  readonly NodeJSKernelBackend: new (binding: TensorflowBinding, packageName: string) => unknown;
}

/** The name that tfjs-node gives its backend, and its kernels. */
export const tfjsName = 'tensorflow';

/**
 * Makes stock tfjs-node's backend known to tfjs under its own name, 'tensorflow', on the TensorFlow that is loaded here. It does not
 * become the active one: `tf.setBackend('tensorflow')` does that. Supplies the functions of `util` that Node 23 took away.
 * tfjs-node's handlers for `file://` are not registered.
 *
 * Throws   BackendUnavailableError where tfjs-node is not installed, or there is no TensorFlow
 */
export function registerTfjsBackend(options: LoadTensorflowOptions = {}): Tensorflow {
  const [tfjsNode] = findTfjsNode();
  if (!tfjsNode) {
    throw new BackendUnavailableError({
      backend: backendNameOf(options),
      reason: 'no package @tensorflow/tfjs-node',
      remedy: 'npm install --ignore-scripts @tensorflow/tfjs-node@4.22.0',
    });
  }
  const tensorflow = loadTensorflow(options);
  supplyUtilFunctions();
  register(tfjsNode, tensorflow.binding);
  return tensorflow;
}

/** What the main module of tfjs-node does, with a binding from elsewhere and without choosing it. */
function register({ directory, name }: TfjsNodePackage, binding: TensorflowBinding): void {
  const require = createRequire(join(directory, 'package.json'));
  const tf = require('@tensorflow/tfjs') as TfjsUnion;
  if (tf.findBackendFactory(tfjsName)) return;
  require('./dist/register_all_kernels.js');
  const { NodeJSKernelBackend } = require('./dist/nodejs_kernel_backend.js') as KernelBackendModule;
  tf.registerBackend(tfjsName, () => new NodeJSKernelBackend(binding, name), 0);
}
