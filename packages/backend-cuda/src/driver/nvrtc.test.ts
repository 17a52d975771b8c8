/** @file NVRTC over its stand-in, and the real one where it is installed: it needs no GPU. */
import * as koffi from 'koffi';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { printCudaPlan } from '../emit/printCudaPlan.js';
import { hasCompiler } from '../testing/hostCompiler.js';
import { sampleProgram } from '../testing/sampleProgram.js';
import { buildStandIn, type StandIn } from '../testing/standIn.js';
import { nvrtcCandidates } from './findLibraries.js';
import { sourceOf } from './loadPlan.js';
import { type CompileTarget, Nvrtc } from './nvrtc.js';

describe.skipIf(!hasCompiler('g++', 'NVRTC over its stand-in'))('Nvrtc over its stand-in', () => {
  let standIn: StandIn;
  beforeAll(() => {
    standIn = buildStandIn();
  });
  afterAll(() => standIn.remove());
  beforeEach(() => standIn.reset());

  it('compiles to the machine code of a GPU it knows, to PTX for a newer one', async () => {
    const nvrtc = new Nvrtc(koffi, standIn.path);
    expect(nvrtc.targetFor(90)).toEqual({ kind: 'cubin', architecture: 'sm_90' });
    expect(nvrtc.targetFor(70)).toBeUndefined();
    expect(nvrtc.targetFor(89)).toEqual({ kind: 'ptx', architecture: 'compute_80' });
    for (const capability of [90, 120])
      await nvrtc.compile(
        'extern "C" __global__ void k() {}',
        'p',
        nvrtc.targetFor(capability) as CompileTarget,
      );
    expect(standIn.calls().slice(3)).toMatchInlineSnapshot(`
      [
        "nvrtcCreateProgram polyneuron.cu",
        "nvrtcCompileProgram --gpu-architecture=sm_90 --std=c++17 --disable-warnings",
        "nvrtcGetCUBINSize",
        "nvrtcGetCUBIN",
        "nvrtcDestroyProgram",
        "nvrtcCreateProgram polyneuron.cu",
        "nvrtcCompileProgram --gpu-architecture=compute_100 --std=c++17 --disable-warnings",
        "nvrtcGetPTXSize",
        "nvrtcGetPTX",
        "nvrtcDestroyProgram",
      ]
    `);
    expect([standIn.faults(), standIn.ledger()]).toEqual([[], []]);
  });

  it('hands on what the compiler says', async () => {
    const nvrtc = new Nvrtc(koffi, standIn.path);
    const sm90 = { kind: 'cubin', architecture: 'sm_90' } as const;
    const compiled = nvrtc.compile('#error', 'least squares', sm90);
    await expect(compiled).rejects.toThrowErrorMatchingInlineSnapshot(`
      [KernelSourceError: internal: NVRTC does not compile the kernels of program 'least squares' for sm_90:

      polyneuron.cu(1): error: #error directive

      Please report this at https://github.com/polyneuron/polyneuron/issues]
    `);
    await expect(compiled).rejects.toMatchObject({
      program: 'least squares',
      log: 'polyneuron.cu(1): error: #error directive',
    });
    expect(standIn.ledger()).toEqual([]);
  });
});

function findNvrtc(): Nvrtc | undefined {
  for (const path of nvrtcCandidates({}, { platform: process.platform, environment: process.env })) {
    try {
      return new Nvrtc(koffi, path);
    } catch {}
  }
  console.warn(
    'SKIPPED: NVRTC itself: none here. Install the CUDA toolkit, or the Python package nvidia-cuda-nvrtc and name its libnvrtc in POLYNEURON_LIBNVRTC; no GPU is needed.',
  );
  return undefined;
}

const installed = findNvrtc();

describe.skipIf(!installed)('NVRTC itself', () => {
  const nvrtc = installed as Nvrtc;

  it('compiles a program to machine code', async () => {
    const target = nvrtc.targetFor(Math.max(...nvrtc.architectures)) as CompileTarget;
    const source = sourceOf(printCudaPlan(sampleProgram));
    const image = await nvrtc.compile(source, sampleProgram.name, target);
    // An ELF file
    expect([...image.subarray(0, 4)]).toEqual([0x7f, 0x45, 0x4c, 0x46]);
  });

  it('says where a source is wrong', async () => {
    const target = nvrtc.targetFor(Math.max(...nvrtc.architectures)) as CompileTarget;
    await expect(nvrtc.compile('not C', 'p', target)).rejects.toThrow('polyneuron.cu(1): error');
  });
});
