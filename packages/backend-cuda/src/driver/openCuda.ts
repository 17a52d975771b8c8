import { CudaError } from './cudaError.js';
import { Driver } from './driver.js';
import { driverConstants, oldestDriver } from './driverFunctions.js';
import {
  driverCandidates,
  type LibraryOptions,
  nvrtcCandidates,
  type Surroundings,
} from './findLibraries.js';
import { type Koffi, MissingSymbolError } from './library.js';
import { type CompileTarget, Nvrtc } from './nvrtc.js';

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
  /** The GPU, as the driver numbers it. */
  readonly device: number;
  /** Compute capability: 90 for 9.0. */
  readonly capability: number;
  readonly target: CompileTarget;
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
  try {
    // Before cuInit, so that an old driver is called old and not broken
    const version = driver.numberOf('cuDriverGetVersion', (cell) => ({ version: cell }));
    if (version < oldestDriver) return tooOld(versionText(version), driver.path);
    driver.call('cuInit', { flags: 0 });
    const count = driver.numberOf('cuDeviceGetCount', (cell) => ({ count: cell }));
    if (!(ordinal >= 0 && ordinal < count)) return noDevice(ordinal, count);
    const device = driver.numberOf('cuDeviceGet', (cell) => ({ device: cell, ordinal }));
    return withNvrtc(koffi, nvrtcCandidates(libraries, surroundings), {
      driver,
      driverVersion: versionText(version),
      device,
      capability: capabilityOf(driver, device),
    });
  } catch (cause) {
    if (!(cause instanceof CudaError)) throw cause;
    return missing(firstLine(cause), cause.fix ?? installDriver, cause);
  }
}

function withNvrtc(
  koffi: Koffi,
  candidates: readonly string[],
  found: Omit<Cuda, 'available' | 'nvrtc' | 'target'>,
): Cuda | NoCuda {
  const opened = openFirst(candidates, (path) => new Nvrtc(koffi, path));
  if ('tried' in opened)
    return missing(`NVRTC, CUDA's compiler, was not found: ${opened.tried}`, installNvrtc, opened.cause);
  const nvrtc = opened.library;
  const target = nvrtc.targetFor(found.capability);
  if (target) return { available: true, nvrtc, target, ...found };
  const oldest = Math.min(...nvrtc.architectures);
  return missing(
    `this GPU is sm_${found.capability}, and NVRTC ${nvrtc.version} compiles for sm_${oldest} and newer`,
    'name the libnvrtc of an older CUDA in POLYNEURON_LIBNVRTC',
  );
}

function capabilityOf(driver: Driver, device: number): number {
  const attributeOf = (attribute: number) =>
    driver.numberOf('cuDeviceGetAttribute', (value) => ({ value, attribute, device }));
  const { computeCapabilityMajor, computeCapabilityMinor } = driverConstants;
  return 10 * attributeOf(computeCapabilityMajor) + attributeOf(computeCapabilityMinor);
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
        `no GPU ${ordinal}: the driver has ${count}, counted from 0`,
        `pass an ordinal from 0 to ${count - 1}`,
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
