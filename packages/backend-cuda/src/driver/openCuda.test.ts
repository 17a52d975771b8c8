import { createRegistry, referenceEntry, selectBackend } from '@polyneuron/backend';
import * as koffi from 'koffi';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCudaBackend, cudaEntry } from '../cudaBackend.js';
import { hasCompiler } from '../testing/hostCompiler.js';
import { buildStandIn, type StandIn } from '../testing/standIn.js';
import { MissingSymbolError, openLibrary } from './library.js';

const registry = createRegistry([cudaEntry, referenceEntry]);
const probe = (cuda: object) => cudaEntry.probe({ cuda });

describe('cuda where there is no driver', () => {
  // A name that no loader finds: this holds on machines with a driver, too
  const cuda = { driver: 'libcuda-that-is-not-there.so' };

  it('says so and what to do, at once', async () => {
    await expect(selectBackend(registry, 'cuda', { cuda })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'cuda' expected to run here, got no NVIDIA driver was found: libcuda-that-is-not-there.so: Failed to load shared library: cannot open shared object file: No such file or directory.

      Fix: install NVIDIA's driver for the GPU of this machine, or choose another backend: 'wasm' runs anywhere]
    `);
    await expect(createCudaBackend(cuda)).rejects.toThrow('no NVIDIA driver was found');
  });

  it('is passed over by auto, which says why', async () => {
    const { backend, passedOver } = await selectBackend(registry, 'auto', { cuda });
    expect(backend.name).toBe('reference');
    expect(passedOver).toMatchInlineSnapshot(`
      [
        {
          "name": "cuda",
          "reason": "no NVIDIA driver was found: libcuda-that-is-not-there.so: Failed to load shared library: cannot open shared object file: No such file or directory",
          "remedy": "install NVIDIA's driver for the GPU of this machine, or choose another backend: 'wasm' runs anywhere",
        },
      ]
    `);
  });

  it('tells a driver that lacks functions from none', async () => {
    expect(await probe({ driver: 'libm.so.6' })).toMatchInlineSnapshot(`
      {
        "available": false,
        "reason": "libm.so.6 has no function cuInit",
        "remedy": "update NVIDIA's driver to 470 or newer, or choose another backend: 'wasm' runs anywhere",
      }
    `);
    expect(() => openLibrary(koffi, 'libm.so.6', { cuInit: { symbol: 'cuInit', parameters: {} } })).toThrow(
      MissingSymbolError,
    );
    expect(() =>
      openLibrary(koffi, 'libm.so.6', { cuInit: { symbol: 'cuInit', parameters: {} } }),
    ).toThrowErrorMatchingInlineSnapshot(`[MissingSymbolError: libm.so.6 has no function cuInit]`);
  });
});

describe.skipIf(!hasCompiler('g++', 'what CUDA lacks, over its stand-in'))('cuda over its stand-in', () => {
  let standIn: StandIn;
  beforeAll(() => {
    standIn = buildStandIn();
  });
  afterEach(() => {
    standIn.machine({});
    standIn.reset();
    expect(standIn.ledger()).toEqual([]);
  });
  afterAll(() => standIn.remove());
  const both = () => ({ driver: standIn.path, nvrtc: standIn.path });

  it('is there', async () => {
    expect(await probe(both())).toEqual({ available: true });
    const { backend, passedOver } = await selectBackend(registry, 'auto', { cuda: both() });
    expect([backend.name, passedOver]).toEqual(['cuda', []]);
    backend.dispose();
  });

  it('says that there is no GPU', async () => {
    standIn.machine({ devices: 0 });
    expect(await probe(both())).toMatchInlineSnapshot(`
      {
        "available": false,
        "reason": "cuInit expected to succeed, got CUDA_ERROR_NO_DEVICE (100): no CUDA-capable device is detected",
        "remedy": "check that nvidia-smi lists a GPU and that CUDA_VISIBLE_DEVICES does not hide it",
      }
    `);
  });

  it('says how many GPUs there are', async () => {
    expect(await probe({ ...both(), ordinal: 1 })).toMatchInlineSnapshot(`
      {
        "available": false,
        "reason": "no GPU 1: the driver has 1, counted from 0",
        "remedy": "pass an ordinal from 0 to 0",
      }
    `);
    standIn.machine({ devices: 2 });
    expect(await probe({ ...both(), ordinal: 1 })).toEqual({ available: true });
    expect(await probe({ ...both(), ordinal: 2 })).toMatchObject({
      reason: 'no GPU 2: the driver has 2, counted from 0',
    });
    expect(await probe({ ...both(), ordinal: -1 })).toMatchInlineSnapshot(`
      {
        "available": false,
        "reason": "no GPU -1: the driver has 2, counted from 0",
        "remedy": "pass an ordinal from 0 to 1",
      }
    `);
  });

  it('says that the driver is too old', async () => {
    standIn.machine({ driverVersion: 10020 });
    const { reason, remedy } = (await probe(both())) as { reason: string; remedy: string };
    expect(reason.replace(standIn.path, '<libcuda>')).toMatchInlineSnapshot(
      `"the driver <libcuda> is of CUDA 10.2; 11.4 is the oldest that works"`,
    );
    expect(remedy).toMatchInlineSnapshot(
      `"update NVIDIA's driver to 470 or newer, or choose another backend: 'wasm' runs anywhere"`,
    );
  });

  it('says that NVRTC is missing, or does not know the GPU', async () => {
    expect(await probe({ ...both(), nvrtc: 'libnvrtc-that-is-not-there.so' })).toMatchInlineSnapshot(`
      {
        "available": false,
        "reason": "NVRTC, CUDA's compiler, was not found: libnvrtc-that-is-not-there.so: Failed to load shared library: cannot open shared object file: No such file or directory",
        "remedy": "install the CUDA toolkit, or only NVRTC (pip install nvidia-cuda-nvrtc) and name its file in POLYNEURON_LIBNVRTC",
      }
    `);
    expect(await probe({ ...both(), nvrtc: 'libm.so.6' })).toMatchObject({ available: false });
    standIn.machine({ capability: 61 });
    expect(await probe(both())).toMatchInlineSnapshot(`
      {
        "available": false,
        "reason": "this GPU is sm_61, and NVRTC 13.0 compiles for sm_80 and newer",
        "remedy": "name the libnvrtc of an older CUDA in POLYNEURON_LIBNVRTC",
      }
    `);
  });
});
