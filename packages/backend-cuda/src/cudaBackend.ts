import {
  type Backend,
  type BackendEntry,
  type BackendOptions,
  BackendUnavailableError,
  DisposedError,
  type Executable,
  ProgramCache,
} from '@polyneuron/backend';
import { type Program, verify } from '@polyneuron/graph';
import type { CudaPlan } from './cudaPlan.js';
import { forProgramAsync } from './driver/cudaError.js';
import { Device } from './driver/device.js';
import { createExecutable } from './driver/executable.js';
import { ImageCache } from './driver/imageCache.js';
import { imageFiles, userImageFolder } from './driver/imageFiles.js';
import { sourceOf } from './driver/loadPlan.js';
import { type Cuda, type CudaOptions, type NoCuda, openCuda } from './driver/openCuda.js';
import type { TensorFormat } from './emit/contractionForm.js';
import { printCudaPlan } from './emit/printCudaPlan.js';

export interface CudaBackendOptions extends CudaOptions {
  /**
   * Whether compiled kernels stay in files between processes: a folder, or true for that of the user (XDG_CACHE_HOME,
   * LOCALAPPDATA or ~/.cache, then polyneuron/cuda). default false: in memory only
   */
  readonly cache?: boolean | string;
  /**
   * Lets tensor cores compute contractions of 33 rows and columns and more, with operands rounded to tf32 or bf16; needs
   * a GPU of compute capability 8.0. default: float32 throughout
   */
  readonly tensorCores?: TensorFormat;
}

/**
 * Compiles each program to CUDA C, by NVRTC, and runs it on one GPU as a CUDA graph per step.
 *
 * Throws   BackendUnavailableError where there is no driver, no GPU, no NVRTC, or no koffi for this platform; CudaError
 *          where the GPU cannot be used
 */
export async function createCudaBackend(options: CudaBackendOptions = {}): Promise<Backend> {
  const cuda = await findCuda(options);
  if (!cuda.available) {
    const { reason, remedy, cause } = cuda;
    throw new BackendUnavailableError({ backend: 'cuda', reason, remedy, cause });
  }
  return openBackend(cuda, options);
}

function openBackend(cuda: Cuda, { cache = false, tensorCores }: CudaBackendOptions): Backend {
  const { nvrtc, target } = cuda;
  const device = new Device(cuda);
  const images = new ImageCache(
    cache === false ? {} : { files: imageFiles(cache === true ? userImageFolder() : cache) },
  );
  const plans = new ProgramCache<CudaPlan>();
  const requireLive = () => {
    if (device.isDisposed) throw new DisposedError("backend 'cuda'");
  };
  const compile = async (program: Program): Promise<Executable> => {
    requireLive();
    const plan = plans.get(program, (one) => printCudaPlan(verify(one), tensorCores ? { tensorCores } : {}));
    const source = sourceOf(plan);
    const key = { source, target, compiler: `NVRTC ${nvrtc.version}` };
    const image = await forProgramAsync(
      program.name,
      images.get(key, () => nvrtc.compile(source, program.name, target)),
    );
    requireLive();
    return createExecutable(program, plan, image, device);
  };
  return {
    name: 'cuda',
    device: device.info,
    compile,
    dispose: () => {
      plans.clear();
      try {
        nvrtc.dispose();
      } finally {
        device.dispose();
      }
    },
  };
}

async function findCuda(options: CudaOptions): Promise<Cuda | NoCuda> {
  try {
    return openCuda(await import('koffi'), options);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return {
      available: false,
      reason: `koffi, which calls C libraries, does not load: ${message}`,
      remedy: "install koffi for this platform, or choose another backend: 'wasm' runs anywhere",
      cause,
    };
  }
}

/**
 * Registry entry: available where there are a driver, a GPU and NVRTC. Reads {@link CudaBackendOptions} under the key
 * `cuda` of the options.
 */
export const cudaEntry: BackendEntry = {
  name: 'cuda',
  title: 'CUDA C on an NVIDIA GPU',
  priority: 200,
  probe: async (options) => {
    const cuda = await findCuda(optionsIn(options));
    return cuda.available
      ? { available: true }
      : { available: false, reason: cuda.reason, remedy: cuda.remedy };
  },
  load: async (options) => createCudaBackend(optionsIn(options)),
};

const optionsIn = ({ cuda }: BackendOptions): CudaBackendOptions => (cuda ?? {}) as CudaBackendOptions;
