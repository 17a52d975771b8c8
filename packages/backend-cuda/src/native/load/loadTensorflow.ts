import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { BackendUnavailableError } from '@polyneuron/backend';
import { ValueError } from '@polyneuron/graph';
import { chooseBinding } from '../locate/bindings.js';
import type { TensorflowBinding } from '../session/binding.js';
import { withoutNotices } from './withoutNotices.js';

export type TensorflowDevice = 'cpu' | 'gpu';

export interface LoadTensorflowOptions {
  /** File of the native module. default: see `locateBindings` */
  readonly binding?: string;
  /** 'cpu' hides every GPU from TensorFlow. default: a GPU where TensorFlow finds one */
  readonly device?: TensorflowDevice;
  /** Threads of one operation. default: one per core */
  readonly threads?: number;
}

/** TensorFlow in this process. */
export interface Tensorflow {
  readonly binding: TensorflowBinding;
  readonly path: string;
  readonly version: string;
  readonly device: TensorflowDevice;
  /** Threads of one operation on the processor. */
  readonly threads: number;
}

/** TensorFlow reads its settings when it is loaded, and it is loaded once. */
let loaded: Tensorflow | undefined;

/**
 * Loads TensorFlow through tfjs-node's native module. The first call in a process decides; a later one that asks for something
 * else is an error.
 *
 * Throws   BackendUnavailableError where there is no binding, where it does not load, or without the device asked for;
 *          ValueError where TensorFlow is loaded already in another way
 */
export function loadTensorflow(options: LoadTensorflowOptions = {}): Tensorflow {
  if (loaded) return requireSame(loaded, options);
  const path = pathOf(options);
  settle(options);
  const binding = open(path, options);
  const device = binding.isUsingGpuDevice() ? 'gpu' : 'cpu';
  loaded = { binding, path, version: binding.TF_Version, device, threads: threadsOf(process.env) };
  return requireDevice(loaded, options);
}

/** The name under which the registry has TensorFlow on a device. */
export function backendNameOf({ device = 'cpu' }: LoadTensorflowOptions): string {
  return `native-${device}`;
}

function pathOf({ binding, ...options }: LoadTensorflowOptions): string {
  if (binding !== undefined) return binding;
  const choice = chooseBinding();
  if (choice.path !== undefined) return choice.path;
  throw new BackendUnavailableError({ backend: backendNameOf(options), ...choice });
}

/** TensorFlow reads the environment of the process once. */
function settle({ device, threads }: LoadTensorflowOptions): void {
  const { env } = process;
  if (device === 'cpu') env.CUDA_VISIBLE_DEVICES = '-1';
  if (threads !== undefined) env.TF_NUM_INTRAOP_THREADS = String(threads);
  env.TF_CPP_MIN_LOG_LEVEL ??= '1';
}

function threadsOf({ TF_NUM_INTRAOP_THREADS }: NodeJS.ProcessEnv): number {
  return Number(TF_NUM_INTRAOP_THREADS) || availableParallelism();
}

function open(path: string, options: LoadTensorflowOptions): TensorflowBinding {
  try {
    return withoutNotices(() => createRequire(import.meta.url)(path) as TensorflowBinding);
  } catch (cause) {
    throw new BackendUnavailableError({
      backend: backendNameOf(options),
      reason: `a binding that does not load: ${(cause as Error).message}`,
      remedy:
        "'polyneuron doctor --native' says what is installed; 'polyneuron native build' makes another one",
      cause,
    });
  }
}

function requireSame(tensorflow: Tensorflow, options: LoadTensorflowOptions): Tensorflow {
  const { binding = tensorflow.path, threads } = options;
  const isOther = binding !== tensorflow.path;
  if (isOther || (threads !== undefined && process.env.TF_NUM_INTRAOP_THREADS !== String(threads))) {
    throw new ValueError({
      subject: 'loadTensorflow',
      expected: `the TensorFlow that is loaded, ${tensorflow.path}`,
      received: isOther ? `'${binding}'` : `${threads} threads`,
      fix: 'a process loads TensorFlow once: decide in the first call, or start another process',
    });
  }
  return requireDevice(tensorflow, options);
}

function requireDevice(tensorflow: Tensorflow, options: LoadTensorflowOptions): Tensorflow {
  const { device = tensorflow.device } = options;
  if (device === tensorflow.device) return tensorflow;
  throw new BackendUnavailableError({
    backend: backendNameOf(options),
    reason:
      device === 'gpu'
        ? `TensorFlow ${tensorflow.version} on the processor: it sees no GPU`
        : `TensorFlow ${tensorflow.version} on a GPU, where this process loaded it before`,
    remedy:
      device === 'gpu'
        ? "'polyneuron doctor --native' says what is missing; native-cpu runs meanwhile"
        : 'choose native-cpu first, or start another process',
  });
}
