/** @file What a plan asks of the driver, by the calls that the stand-in records. */
import type { Backend } from '@polyneuron/backend';
import { defineProgram, neg } from '@polyneuron/graph';
import * as koffi from 'koffi';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCudaBackend } from '../cudaBackend.js';
import type { CudaPlan } from '../cudaPlan.js';
import { hasCompiler } from '../testing/hostCompiler.js';
import { buildStandIn, type StandIn } from '../testing/standIn.js';
import { Device } from './device.js';
import { loadPlan, sourceOf } from './loadPlan.js';
import { type Cuda, openCuda } from './openCuda.js';

const negative = defineProgram({
  name: 'negative',
  inputs: { x: { shape: [4], dtype: 'float32' } },
  state: { kept: { shape: [2], dtype: 'float32' } },
  build: ({ inputs: { x }, state: { kept } }) => ({ outputs: { y: neg(x) }, updates: { kept: neg(kept) } }),
});

describe.skipIf(!hasCompiler('g++', 'calls of CUDA'))('the calls of', () => {
  let standIn: StandIn;
  beforeAll(() => {
    standIn = buildStandIn();
  });
  afterAll(() => standIn.remove());
  beforeEach(() => standIn.reset());
  const since = () => {
    const calls = standIn.calls();
    standIn.reset();
    return calls;
  };
  const open = (): Promise<Backend> => createCudaBackend({ driver: standIn.path, nvrtc: standIn.path });

  it('a program, from its compilation to its end', async () => {
    const backend = await open();
    since();
    const executable = await backend.compile(negative);
    expect(since().filter((call) => !call.startsWith('nvrtc'))).toMatchInlineSnapshot(`
      [
        "cuCtxSetCurrent",
        "cuModuleLoadData",
        "cuModuleGetFunction feed",
        "cuModuleGetFunction k0_map",
        "cuModuleGetFunction k1_map",
        "cuModuleGetFunction collect",
        "cuModuleGetFunction polyneuron_advance",
        "cuMemAlloc 192",
        "cuMemsetD8Async 0, 192",
      ]
    `);
    await executable.run({ x: new Float32Array(4) });
    expect(since()).toMatchInlineSnapshot(`
      [
        "cuCtxSetCurrent",
        "cuMemAlloc 16",
        "cuMemAlloc 16",
        "cuMemAlloc 4",
        "cuStreamCreate 1",
        "cuStreamBeginCapture 2",
        "cuLaunchKernel feed <<<1 1 1, 32 1 1, 0>>>",
        "cuLaunchKernel k0_map <<<1 1 1, 32 1 1, 0>>>",
        "cuLaunchKernel k1_map <<<1 1 1, 32 1 1, 0>>>",
        "cuLaunchKernel collect <<<1 1 1, 32 1 1, 0>>>",
        "cuLaunchKernel polyneuron_advance <<<1 1 1, 1 1 1, 0>>>",
        "cuStreamEndCapture",
        "cuStreamDestroy",
        "cuGraphInstantiate 0",
        "cuMemcpyHtoDAsync 16",
        "cuMemsetD8Async 0, 4",
        "cuGraphLaunch",
        "cuCtxSetCurrent",
        "cuStreamQuery",
        "cuMemcpyDtoHAsync 16",
        "cuCtxSetCurrent",
        "cuStreamSynchronize",
      ]
    `);
    await executable.run({ x: new Float32Array(4) });
    expect(since()).toMatchInlineSnapshot(`
      [
        "cuCtxSetCurrent",
        "cuMemcpyHtoDAsync 16",
        "cuMemsetD8Async 0, 4",
        "cuGraphLaunch",
        "cuCtxSetCurrent",
        "cuStreamQuery",
        "cuMemcpyDtoHAsync 16",
        "cuCtxSetCurrent",
        "cuStreamSynchronize",
      ]
    `);
    executable.dispose();
    expect(since()).toMatchInlineSnapshot(`
      [
        "cuCtxSetCurrent",
        "cuGraphExecDestroy",
        "cuGraphDestroy",
        "cuMemFree",
        "cuMemFree",
        "cuMemFree",
        "cuMemFree",
        "cuModuleUnload",
      ]
    `);
    backend.dispose();
    expect(since()).toMatchInlineSnapshot(`
      [
        "cuCtxSetCurrent",
        "cuStreamDestroy",
        "cuDevicePrimaryCtxRelease 0",
      ]
    `);
  });

  it('a scan: one launch per 64 steps, 16384 steps per part', async () => {
    const backend = await open();
    const executable = await backend.compile(negative);
    const launches = async (steps: number) => {
      await executable.scan(steps, { x: new Float32Array(4 * steps) });
      since();
      await executable.scan(steps, { x: new Float32Array(4 * steps) });
      const names = since().map((call) => call.split(' ')[0]);
      return ['cuGraphLaunch', 'cuMemcpyHtoDAsync', 'cuMemcpyDtoHAsync', 'cuStreamQuery'].map(
        (name) => names.filter((candidate) => candidate === name).length,
      );
    };
    expect(await launches(1000)).toEqual([15 + 40, 1, 1, 1]);
    expect(await launches(16384 + 64)).toEqual([256 + 1, 2, 2, 2]);
    backend.dispose();
  });

  it('a kernel with more shared memory than kernels have at first', () => {
    const launch = { kernel: 'wide', grid: [2, 1, 1], block: [32, 1, 1], sharedBytes: 65536 } as const;
    const plan: CudaPlan = {
      source: 'extern "C" __global__ void wide(unsigned char* arena) {}',
      arenaBytes: 0,
      constants: [],
      state: {},
      inputs: {},
      outputs: {},
      launches: [launch],
      fedIndices: [],
      scan: {
        feed: undefined,
        collect: undefined,
        inputStride: 0,
        inputOffsets: {},
        outputStride: 0,
        outputOffsets: {},
      },
    };
    const device = new Device(openCuda(koffi, { driver: standIn.path, nvrtc: standIn.path }) as Cuda);
    since();
    const image = new TextEncoder().encode(`stand-in image \n${sourceOf(plan)}\0`);
    const loaded = loadPlan(plan, image, device, device.scope);
    loaded.launchStep(device.stream, { inputs: 0n, outputs: 0n, step: loaded.arena });
    expect(since()).toMatchInlineSnapshot(`
      [
        "cuModuleLoadData",
        "cuModuleGetFunction wide",
        "cuFuncSetAttribute wide 8 = 65536",
        "cuModuleGetFunction polyneuron_advance",
        "cuMemAlloc 64",
        "cuLaunchKernel wide <<<2 1 1, 32 1 1, 65536>>>",
        "cuLaunchKernel polyneuron_advance <<<1 1 1, 1 1 1, 0>>>",
      ]
    `);
    device.dispose();
    expect([standIn.faults(), standIn.ledger()]).toEqual([[], []]);
  });
});
