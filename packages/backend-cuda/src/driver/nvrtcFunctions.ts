import type { SignatureTable } from './signature.js';

/** The functions of libnvrtc that are used, all there since CUDA 11.2. `nvrtcGetErrorString` returns text and is called by name. */
export const nvrtcFunctions = {
  nvrtcVersion: { symbol: 'nvrtcVersion', parameters: { major: 'outInt32', minor: 'outInt32' } },
  nvrtcGetNumSupportedArchs: {
    symbol: 'nvrtcGetNumSupportedArchs',
    parameters: { count: 'outInt32' },
  },
  nvrtcGetSupportedArchs: {
    symbol: 'nvrtcGetSupportedArchs',
    parameters: { architectures: 'outInt32' },
  },
  nvrtcCreateProgram: {
    symbol: 'nvrtcCreateProgram',
    parameters: {
      program: 'outHandle',
      source: 'text',
      name: 'text',
      headerCount: 'int32',
      headers: 'data',
      headerNames: 'data',
    },
  },
  nvrtcDestroyProgram: { symbol: 'nvrtcDestroyProgram', parameters: { program: 'outHandle' } },
  nvrtcCompileProgram: {
    symbol: 'nvrtcCompileProgram',
    parameters: { program: 'handle', optionCount: 'int32', options: 'texts' },
  },
  nvrtcGetProgramLogSize: {
    symbol: 'nvrtcGetProgramLogSize',
    parameters: { program: 'handle', bytes: 'outSize' },
  },
  nvrtcGetProgramLog: { symbol: 'nvrtcGetProgramLog', parameters: { program: 'handle', data: 'data' } },
  nvrtcGetCUBINSize: { symbol: 'nvrtcGetCUBINSize', parameters: { program: 'handle', bytes: 'outSize' } },
  nvrtcGetCUBIN: { symbol: 'nvrtcGetCUBIN', parameters: { program: 'handle', data: 'data' } },
  nvrtcGetPTXSize: { symbol: 'nvrtcGetPTXSize', parameters: { program: 'handle', bytes: 'outSize' } },
  nvrtcGetPTX: { symbol: 'nvrtcGetPTX', parameters: { program: 'handle', data: 'data' } },
} as const satisfies SignatureTable;

export type NvrtcFunctions = typeof nvrtcFunctions;
