/** @file The tables of functions against NVIDIA's own headers, where these are installed; no GPU is needed. */
import { describe, expect, it } from 'vitest';
import { hasCompiler } from '../testing/hostCompiler.js';
import { findHeader, matchConstants, matchHeader } from '../testing/matchHeader.js';
import { driverConstants, driverFunctions } from './driverFunctions.js';
import { compilationFailed } from './nvrtc.js';
import { nvrtcFunctions } from './nvrtcFunctions.js';

const hasCpp = hasCompiler('g++', "signatures against NVIDIA's headers");
const folders = { cuda: findHeader('cuda.h'), nvrtc: findHeader('nvrtc.h') };

describe.skipIf(!hasCpp || !folders.cuda)('the functions of the driver', () => {
  const match = (table: Parameters<typeof matchHeader>[2]) =>
    matchHeader(folders.cuda as string, 'cuda.h', table);

  it('have the parameters of cuda.h', () => match(driverFunctions));

  it('get the values of cuda.h', () =>
    matchConstants(folders.cuda as string, 'cuda.h', {
      CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT: driverConstants.multiprocessorCount,
      CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR: driverConstants.computeCapabilityMajor,
      CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR: driverConstants.computeCapabilityMinor,
      CU_STREAM_NON_BLOCKING: driverConstants.streamNonBlocking,
      CU_STREAM_CAPTURE_MODE_RELAXED: driverConstants.captureRelaxed,
      CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES: driverConstants.maximumDynamicSharedBytes,
      CUDA_ERROR_NOT_READY: driverConstants.notReady,
    }));

  it('would be told apart', () => {
    const { symbol } = driverFunctions.cuMemAlloc;
    expect(() =>
      match({ cuMemAlloc: { symbol, parameters: { bytes: 'size', address: 'outHandle' } } }),
    ).toThrow('parameters that fit');
    expect(() => match({ cuMemAlloc: { symbol, parameters: { address: 'outHandle' } } })).toThrow(
      'as many parameters',
    );
  });
});

describe.skipIf(!hasCpp || !folders.nvrtc)('the functions of NVRTC', () => {
  it('have the parameters of nvrtc.h', () => matchHeader(folders.nvrtc as string, 'nvrtc.h', nvrtcFunctions));

  it('get the values of nvrtc.h', () =>
    matchConstants(folders.nvrtc as string, 'nvrtc.h', { NVRTC_ERROR_COMPILATION: compilationFailed }));
});
