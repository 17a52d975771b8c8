/**
 * @file Where CUDA's two libraries are looked for.
 *
 * The driver (libcuda, nvcuda.dll) comes with the GPU's driver and lies where the system's loader looks. NVRTC comes
 * with the toolkit, with conda, or as the Python package nvidia-cuda-nvrtc, and is looked for in this order:
 *   1. the option, or the environment variable; then nothing else is tried
 *   2. CUDA_PATH, then CUDA_HOME: their lib64, lib, bin and bin/x64
 *   3. where the system's loader looks, the newest version first
 *   4. /usr/local/cuda and /opt/cuda
 */
import { posix, win32 } from 'node:path';

export interface LibraryOptions {
  /** File of libcuda. default: POLYNEURON_LIBCUDA, or what the system's loader finds */
  readonly driver?: string;
  /** File of libnvrtc. default: POLYNEURON_LIBNVRTC, or the first of the places of `findLibraries.ts` */
  readonly nvrtc?: string;
}

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Names and files of the driver's library, those to try first in front. */
export function driverCandidates(
  { driver }: LibraryOptions,
  { platform, environment }: Surroundings,
): readonly string[] {
  const named = driver ?? environment.POLYNEURON_LIBCUDA;
  if (named) return [named];
  if (platform === 'win32') return ['nvcuda.dll'];
  // Under WSL the loader does not know the folder
  return ['libcuda.so.1', 'libcuda.so', '/usr/lib/wsl/lib/libcuda.so.1'];
}

/** Names and files of NVRTC, those to try first in front. */
export function nvrtcCandidates(
  { nvrtc }: LibraryOptions,
  { platform, environment }: Surroundings,
): readonly string[] {
  const named = nvrtc ?? environment.POLYNEURON_LIBNVRTC;
  if (named) return [named];
  const isWindows = platform === 'win32';
  const { join } = isWindows ? win32 : posix;
  const names = isWindows ? windowsNames : linuxNames;
  const within = (roots: readonly (string | undefined)[]) =>
    roots
      .filter((root): root is string => root !== undefined && root !== '')
      .flatMap((root) => (isWindows ? windowsFolders : linuxFolders).map((folder) => join(root, folder)))
      .flatMap((folder) => names.map((name) => join(folder, name)));
  return [
    ...within([environment.CUDA_PATH, environment.CUDA_HOME]),
    ...names,
    ...within(isWindows ? [] : ['/usr/local/cuda', '/opt/cuda']),
  ];
}

// The file of CUDA 11.3 to 11.8 is called 11.2: the version of its interface
const linuxNames = ['libnvrtc.so', 'libnvrtc.so.13', 'libnvrtc.so.12', 'libnvrtc.so.11.2'];
const windowsNames = ['nvrtc64_130_0.dll', 'nvrtc64_120_0.dll', 'nvrtc64_112_0.dll'];
const linuxFolders = ['lib64', 'lib'];
const windowsFolders = ['bin', 'bin/x64'];
