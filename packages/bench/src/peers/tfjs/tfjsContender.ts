import { findBackendFactory, setBackend, version_core } from '@tensorflow/tfjs-core';
import type { TaskKind } from '../../cases/benchCase.js';
import type { Contender, ContenderSpec, Preparation } from '../../contenders/contender.js';
import type { OpenedTask } from '../../programs/caseProgram.js';
import { convolveWithTfjs } from './convolveWithTfjs.js';
import { multiplyWithTfjs } from './multiplyWithTfjs.js';
import { predictWithTfjs } from './predictWithTfjs.js';
import { startWithTfjs } from './startWithTfjs.js';
import { trainLiftWithTfjs } from './trainLiftWithTfjs.js';
import { trainUntilWithTfjs } from './trainUntilWithTfjs.js';
import { trainWithFit } from './trainWithFit.js';

const preparations: { readonly [K in TaskKind]: (opened: OpenedTask<K>, backend: string) => Preparation } = {
  training: trainWithFit,
  lift: trainLiftWithTfjs,
  matMul: multiplyWithTfjs,
  layer: () => ({ unsupported: 'stock tfjs has few of the layers: it takes part in the other suites' }),
  convolution: convolveWithTfjs,
  inference: predictWithTfjs,
  compile: startWithTfjs,
  convergence: trainUntilWithTfjs,
};

export interface TfjsContenderOptions {
  /** default `tfjs-<backend>` */
  readonly name?: string;
  /** Registers the backend, where the application has not yet. A failure is the reason why it is missing. */
  readonly load?: () => Promise<void>;
  /** Threads in use once the backend runs. default 1 */
  readonly threads?: () => number;
  /** What the backend runs on, once it does. default 'tfjs <backend>' */
  readonly describe?: () => string;
}

/**
 * The contender `tfjs-<backend>`: stock TensorFlow.js, no line of Polyneuron in it. Networks train through `model.fit`, start
 * with `model.trainOnBatch` and predict through `model.predict`; products and convolutions are its kernels, and the two-phase
 * training is written as its user would.
 *
 * One thread in Node; in a cross-origin-isolated browser tfjs-wasm takes more by itself, so say how many.
 */
export function tfjsContender(backend: string, options: TfjsContenderOptions = {}): ContenderSpec {
  const { name = `tfjs-${backend}` } = options;
  const missing = (reason: string) => ({ contenders: [], missing: [reason] });
  return {
    name,
    title: `stock TensorFlow.js on its backend '${backend}'`,
    async open() {
      try {
        await options.load?.();
      } catch (cause) {
        return missing(cause instanceof Error ? cause.message : String(cause));
      }
      if (!findBackendFactory(backend))
        return missing(
          `no package registered a tfjs backend '${backend}': import @tensorflow/tfjs-backend-${backend} first`,
        );
      if (!(await setBackend(backend)))
        return missing(`tfjs could not start '${backend}': its warnings on the console say why`);
      return { contenders: [contenderOf(name, backend, options)], missing: [] };
    },
  };
}

function contenderOf(
  name: string,
  backend: string,
  { threads = () => 1, describe = () => `tfjs ${backend}` }: TfjsContenderOptions,
): Contender {
  return {
    name,
    threads: threads(),
    device: describe(),
    versions: { '@tensorflow/tfjs-core': version_core },
    async activate() {
      await setBackend(backend);
    },
    prepare: async (opened) => prepareTask(opened as OpenedTask<TaskKind>, backend),
    // tfjs owns its backend.
    dispose: () => {},
  };
}

function prepareTask<K extends TaskKind>(opened: OpenedTask<K>, backend: string): Preparation {
  const prepare = preparations[opened.task.kind] as (opened: OpenedTask<K>, backend: string) => Preparation;
  return prepare(opened, backend);
}
