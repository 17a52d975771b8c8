import { CudaError } from './cudaError.js';
import { Driver } from './driver.js';
import { oldestDriver } from './driverFunctions.js';
import {
  driverCandidates,
  type LibraryOptions,
  nvrtcCandidates,
  type Surroundings,
} from './findLibraries.js';
import { type Koffi, MissingSymbolError } from './library.js';
import { Nvrtc } from './nvrtc.js';

export interface CudaOptions extends LibraryOptions {
  /** Number of the GPU, among those that CUDA_VISIBLE_DEVICES shows. default 0 */
  readonly ordinal?: number;
}

/** CUDA as it was found on this machine. */
export interface Cuda {
  readonly available: true;
  readonly driver: Driver;
  readonly nvrtc: Nvrtc;
  /** CUDA version of the driver: '13.0'. */
  readonly driverVersion: string;
}

/** Why CUDA cannot be used here, and what to do. */
export interface NoCuda {
  readonly available: false;
  readonly reason: string;
  readonly remedy: string;
  readonly cause?: unknown;
}

const otherBackend = "or choose another backend: 'wasm' runs anywhere";
const installDriver = `install NVIDIA's driver for the GPU of this machine, ${otherBackend}`;
const updateDriver = `update NVIDIA's driver to 470 or newer, ${otherBackend}`;
const installNvrtc =
  'install the CUDA toolkit, or only NVRTC (pip install nvidia-cuda-nvrtc) and name its file in POLYNEURON_LIBNVRTC';

/** Opens the driver and NVRTC and looks for a GPU. What is missing is said, not thrown. */
export function openCuda(
  koffi: Koffi,
  { ordinal = 0, ...libraries }: CudaOptions = {},
  surroundings: Surroundings = { platform: process.platform, environment: process.env },
): Cuda | NoCuda {
  const opened = openFirst(driverCandidates(libraries, surroundings), (path) => new Driver(koffi, path));
  if ('tried' in opened)
    return opened.cause instanceof MissingSymbolError
      ? missing(opened.tried, updateDriver, opened.cause)
      : missing(`no NVIDIA driver was found: ${opened.tried}`, installDriver, opened.cause);
  const driver = opened.library;
  let version: number;
  try {
    // Before cuInit, so that an old driver is called old and not broken
    version = driver.numberOf('cuDriverGetVersion', (cell) => ({ version: cell }));
    if (version < oldestDriver) return tooOld(versionText(version), driver.path);
    driver.call('cuInit', { flags: 0 });
    const count = driver.numberOf('cuDeviceGetCount', (cell) => ({ count: cell }));
    if (ordinal >= count) return noDevice(ordinal, count);
  } catch (cause) {
    if (!(cause instanceof CudaError)) throw cause;
    return missing(firstLine(cause), cause.fix ?? installDriver, cause);
  }
  return withNvrtc(koffi, libraries, surroundings, driver, versionText(version));
}

function withNvrtc(
  koffi: Koffi,
  libraries: LibraryOptions,
  surroundings: Surroundings,
  driver: Driver,
  driverVersion: string,
): Cuda | NoCuda {
  try {
    const opened = openFirst(nvrtcCandidates(libraries, surroundings), (path) => new Nvrtc(koffi, path));
    if ('tried' in opened)
      return missing(`NVRTC, CUDA's compiler, was not found: ${opened.tried}`, installNvrtc, opened.cause);
    return { available: true, driver, nvrtc: opened.library, driverVersion };
  } catch (cause) {
    if (!(cause instanceof CudaError)) throw cause;
    return missing(firstLine(cause), installNvrtc, cause);
  }
}

/** Opens the first candidate that opens. A library that lacks functions is passed over like one that is not there. */
function openFirst<T>(
  candidates: readonly string[],
  open: (path: string) => T,
): { readonly library: T } | { readonly tried: string; readonly cause: unknown } {
  let tried = '';
  let cause: unknown;
  for (const path of candidates) {
    try {
      return { library: open(path) };
    } catch (error) {
      if (error instanceof CudaError) throw error;
      // The first says it for all that are not there; one that is there but too old says more
      if (tried === '' || error instanceof MissingSymbolError) {
        tried = error instanceof MissingSymbolError ? error.message : `${path}: ${(error as Error).message}`;
        cause = error;
      }
    }
  }
  return { tried, cause };
}

function noDevice(ordinal: number, count: number): NoCuda {
  return count === 0
    ? missing(
        'the driver is there, and no GPU',
        `check that nvidia-smi lists a GPU and that CUDA_VISIBLE_DEVICES does not hide it, ${otherBackend}`,
      )
    : missing(
        `GPU ${ordinal} was asked for, and there ${count === 1 ? 'is one' : `are ${count}`}`,
        'pass an ordinal from 0 on, below the number of GPUs',
      );
}

function tooOld(version: string, path: string): NoCuda {
  return missing(`the driver ${path} is of CUDA ${version}; 11.4 is the oldest that works`, updateDriver);
}

function missing(reason: string, remedy: string, cause?: unknown): NoCuda {
  return { available: false, reason, remedy, ...(cause !== undefined && { cause }) };
}

const firstLine = ({ message }: Error): string => message.split('\n', 1)[0].replace(/\.$/, '');

/** 13000 is 13.0. */
const versionText = (version: number): string =>
  `${Math.floor(version / 1000)}.${Math.floor((version % 1000) / 10)}`;
