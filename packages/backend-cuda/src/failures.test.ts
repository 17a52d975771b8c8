/** @file Every call of CUDA made to fail, by the stand-in (`standIn/standIn.h`); kernels are recorded, not run. */
import { type Backend, BackendUnavailableError } from '@polyneuron/backend';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCudaBackend } from './cudaBackend.js';
import { CudaError } from './driver/cudaError.js';
import { hasCompiler } from './testing/hostCompiler.js';
import { sampleInputs, sampleProgram, sampleState } from './testing/sampleProgram.js';
import { buildStandIn, type StandIn } from './testing/standIn.js';

describe.skipIf(!hasCompiler('g++', 'failing calls of CUDA'))('calls of CUDA that fail', () => {
  let standIn: StandIn;
  beforeAll(() => {
    standIn = buildStandIn();
  });
  afterAll(() => standIn.remove());
  beforeEach(() => standIn.reset());

  /** Everything that a backend does. The error of the first failure comes back when all is released. */
  const scenario = async (): Promise<unknown> => {
    let failure: unknown;
    let backend: Backend | undefined;
    try {
      backend = await createCudaBackend({ driver: standIn.path, nvrtc: standIn.path });
      const executable = await backend.compile(sampleProgram);
      for (const [name, data] of Object.entries(sampleState)) executable.write(name, data);
      await executable.run(sampleInputs(1));
      // One launch of many steps, and single ones; then records for more
      await executable.scan(70, sampleInputs(70));
      await executable.read('weights');
      executable.dispose();
      backend.dispose();
    } catch (error) {
      failure = error;
    }
    try {
      backend?.dispose();
    } catch (error) {
      failure ??= error;
    }
    // A release that failed is tried again
    backend?.dispose();
    return failure;
  };
  const callName = (call: string) => call.split(' ')[0];
  const releases = [
    'cuMemFree',
    'cuStreamDestroy',
    'cuModuleUnload',
    'cuGraphDestroy',
    'cuGraphExecDestroy',
    'cuDevicePrimaryCtxRelease',
    'nvrtcDestroyProgram',
    // Makes the context current, for the releases after it
    'cuCtxSetCurrent',
  ];

  it('gives each call its name, releases everything, and goes on', async () => {
    expect(await scenario()).toBeUndefined();
    expect([standIn.faults(), standIn.ledger()]).toEqual([[], []]);
    const count = standIn.calls().length;
    const firstLines = new Map<string, string>();
    for (let n = 1; n <= count; n++) {
      standIn.reset();
      standIn.failCall(n);
      const error = await scenario();
      const name = callName(standIn.calls()[n - 1]);
      const title = `call ${n} of ${count}, ${name}`;
      expect(
        error instanceof CudaError || error instanceof BackendUnavailableError,
        `${title}: ${error}`,
      ).toBe(true);
      expect((error as Error).message, title).toContain(name);
      expect(standIn.ledger(), title).toEqual([]);
      // What could not be released goes with the context
      const isLeft = (fault: string) => releases.includes(name) && fault.startsWith('left for the context');
      expect(
        standIn.faults().filter((fault) => !isLeft(fault)),
        title,
      ).toEqual([]);
      const isFirst = !firstLines.has(name);
      firstLines.set(name, (error as Error).message.split('\n')[0]);
      standIn.reset();
      // Once per function: the scenario is half of the time
      if (isFirst) expect(await scenario(), `after ${title}`).toBeUndefined();
    }
    expect([...firstLines.values()].join('\n')).toMatchInlineSnapshot(`
      "backend 'cuda' expected to run here, got cuDriverGetVersion expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      backend 'cuda' expected to run here, got cuInit expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      backend 'cuda' expected to run here, got cuDeviceGetCount expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      backend 'cuda' expected to run here, got cuDeviceGet expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuDeviceGetAttribute expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      backend 'cuda' expected to run here, got nvrtcVersion expected to succeed, got NVRTC_ERROR_INTERNAL_ERROR (11).
      backend 'cuda' expected to run here, got nvrtcGetNumSupportedArchs expected to succeed, got NVRTC_ERROR_INTERNAL_ERROR (11).
      backend 'cuda' expected to run here, got nvrtcGetSupportedArchs expected to succeed, got NVRTC_ERROR_INTERNAL_ERROR (11).
      cuDeviceGetName expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuDeviceTotalMem expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuDevicePrimaryCtxRetain expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuCtxSetCurrent expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuStreamCreate expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      nvrtcCreateProgram expected to succeed, got NVRTC_ERROR_INTERNAL_ERROR (11).
      nvrtcCompileProgram expected to succeed, got NVRTC_ERROR_INTERNAL_ERROR (11).
      nvrtcGetCUBINSize expected to succeed, got NVRTC_ERROR_INTERNAL_ERROR (11).
      nvrtcGetCUBIN expected to succeed, got NVRTC_ERROR_INTERNAL_ERROR (11).
      nvrtcDestroyProgram expected to succeed, got NVRTC_ERROR_INTERNAL_ERROR (11).
      cuModuleLoadData expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuModuleGetFunction expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuMemAlloc expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuMemsetD8Async expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuMemcpyHtoDAsync expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuStreamSynchronize expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuStreamBeginCapture expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuLaunchKernel expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuStreamEndCapture expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuStreamDestroy expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuGraphInstantiate expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuGraphLaunch expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuStreamQuery expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuMemcpyDtoHAsync expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuGraphExecDestroy expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuGraphDestroy expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuMemFree expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuGraphCreate expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuGraphAddChildGraphNode expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuModuleUnload expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error.
      cuDevicePrimaryCtxRelease expected to succeed, got CUDA_ERROR_UNKNOWN (999): unknown error."
    `);
  });

  const open = () => createCudaBackend({ driver: standIn.path, nvrtc: standIn.path });

  it('says how much memory was asked for, and for which program', async () => {
    standIn.machine({ memoryBytes: 1000 });
    const backend = await open();
    await expect(backend.compile(sampleProgram)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [CudaError: cuMemAlloc expected to succeed, got CUDA_ERROR_OUT_OF_MEMORY (2): out of memory.

        bytes   1344
        free    1000 of 1000 bytes

      Fix: use a smaller batch, keep less data resident, or end what else uses this GPU (nvidia-smi lists it)
      At:  program 'least squares']
    `);
    standIn.machine({});
    const executable = await backend.compile(sampleProgram);
    standIn.machine({ memoryBytes: 2000 });
    await expect(executable.scan(64, sampleInputs(64))).rejects.toThrow('CUDA_ERROR_OUT_OF_MEMORY (2)');
    standIn.machine({});
    await executable.scan(64, sampleInputs(64));
    backend.dispose();
    expect([standIn.faults(), standIn.ledger()]).toEqual([[], []]);
  });

  it('says that a context is lost', async () => {
    const backend = await open();
    const executable = await backend.compile(sampleProgram);
    standIn.failFunction('cuStreamQuery', 700);
    await expect(executable.run(sampleInputs(1))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [CudaError: cuStreamQuery expected to succeed, got CUDA_ERROR_ILLEGAL_ADDRESS (700): an illegal memory access was encountered.

      Fix: this context is lost, and CUDA asks for a new process; please report the program that did this
      At:  program 'least squares']
    `);
    backend.dispose();
  });

  it('gives the number of an error that CUDA does not name', async () => {
    const backend = await open();
    standIn.withoutTexts(true);
    standIn.failFunction('cuModuleLoadData');
    await expect(backend.compile(sampleProgram)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [CudaError: cuModuleLoadData expected to succeed, got an error without a name (999).

      Fix: look the status up in NVIDIA's documentation of cuModuleLoadData
      At:  program 'least squares']
    `);
    standIn.withoutTexts(false);
    backend.dispose();
  });

  it('compiles again what did not compile', async () => {
    const backend = await open();
    standIn.failFunction('nvrtcCompileProgram', 7);
    await expect(backend.compile(sampleProgram)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [CudaError: nvrtcCompileProgram expected to succeed, got NVRTC_ERROR_BUILTIN_OPERATION_FAILURE (7).

      Fix: put libnvrtc-builtins beside libnvrtc: both belong to one version of CUDA
      At:  program 'least squares']
    `);
    standIn.failFunction('');
    (await backend.compile(sampleProgram)).dispose();
    backend.dispose();
  });
});
