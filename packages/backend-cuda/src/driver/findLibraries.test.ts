import { describe, expect, it } from 'vitest';
import { driverCandidates, nvrtcCandidates } from './findLibraries.js';

const linux = { platform: 'linux', environment: {} } as const;
const windows = { platform: 'win32', environment: { CUDA_PATH: 'C:\\CUDA\\v13.0' } } as const;

describe('where the libraries of CUDA are looked for', () => {
  it('finds the driver by the loader', () => {
    expect(driverCandidates({}, linux)).toEqual([
      'libcuda.so.1',
      'libcuda.so',
      '/usr/lib/wsl/lib/libcuda.so.1',
    ]);
    expect(driverCandidates({}, windows)).toEqual(['nvcuda.dll']);
  });

  it('looks for NVRTC in the toolkit that the environment names, then by the loader, then in the usual folders', () => {
    const environment = { CUDA_PATH: '/opt/cuda-12', CUDA_HOME: '' };
    const candidates = nvrtcCandidates({}, { platform: 'linux', environment });
    expect(candidates.slice(0, 9)).toEqual([
      '/opt/cuda-12/lib64/libnvrtc.so',
      '/opt/cuda-12/lib64/libnvrtc.so.13',
      '/opt/cuda-12/lib64/libnvrtc.so.12',
      '/opt/cuda-12/lib64/libnvrtc.so.11.2',
      '/opt/cuda-12/lib/libnvrtc.so',
      '/opt/cuda-12/lib/libnvrtc.so.13',
      '/opt/cuda-12/lib/libnvrtc.so.12',
      '/opt/cuda-12/lib/libnvrtc.so.11.2',
      'libnvrtc.so',
    ]);
    expect(candidates[12]).toBe('/usr/local/cuda/lib64/libnvrtc.so');
    expect(nvrtcCandidates({}, windows)).toEqual([
      'C:\\CUDA\\v13.0\\bin\\nvrtc64_130_0.dll',
      'C:\\CUDA\\v13.0\\bin\\nvrtc64_120_0.dll',
      'C:\\CUDA\\v13.0\\bin\\nvrtc64_112_0.dll',
      'C:\\CUDA\\v13.0\\bin\\x64\\nvrtc64_130_0.dll',
      'C:\\CUDA\\v13.0\\bin\\x64\\nvrtc64_120_0.dll',
      'C:\\CUDA\\v13.0\\bin\\x64\\nvrtc64_112_0.dll',
      'nvrtc64_130_0.dll',
      'nvrtc64_120_0.dll',
      'nvrtc64_112_0.dll',
    ]);
  });

  it('tries nothing else where a file is named', () => {
    const environment = { POLYNEURON_LIBCUDA: '/a', POLYNEURON_LIBNVRTC: '/b', CUDA_PATH: '/opt/cuda-12' };
    const surroundings = { platform: 'linux', environment } as const;
    expect(driverCandidates({}, surroundings)).toEqual(['/a']);
    expect(nvrtcCandidates({}, surroundings)).toEqual(['/b']);
    expect(driverCandidates({ driver: '/c' }, surroundings)).toEqual(['/c']);
    expect(nvrtcCandidates({ nvrtc: '/d' }, surroundings)).toEqual(['/d']);
  });
});
