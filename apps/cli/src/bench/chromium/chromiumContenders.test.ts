import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Contender } from '@polyneuron/bench';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { requestWebgpu } from './requestWebgpu.js';
import { openStockContext, warnOfSoftware } from './stockWebgl.js';
import { wasmFiles, wasmPaths } from './wasmFiles.js';

// Node has neither WebGPU nor canvases: what a browser lacks is stood in for here, what it has runs in Chromium
afterEach(() => vi.unstubAllGlobals());

describe('requestWebgpu', () => {
  it('says what a browser lacks', async () => {
    vi.stubGlobal('navigator', {});
    await expect(requestWebgpu()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[Error: this Chromium has no WebGPU]`,
    );
    vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => null } });
    await expect(requestWebgpu()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[Error: this Chromium has no WebGPU adapter, neither a GPU nor software]`,
    );
  });

  it('describes the adapter', async () => {
    const info = { vendor: 'google', architecture: 'swiftshader', description: '' };
    vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => ({ info }) } });
    expect(await requestWebgpu()).toBe('google swiftshader');
  });
});

describe('openStockContext', () => {
  it('says that there is no WebGL 2', () => {
    vi.stubGlobal(
      'OffscreenCanvas',
      class {
        getContext() {
          return null;
        }
      },
    );
    expect(openStockContext).toThrowErrorMatchingInlineSnapshot(`[Error: this Chromium has no WebGL 2]`);
  });
});

describe('warnOfSoftware', () => {
  const openOn = async (device: string) => {
    const contender = { name: 'tfjs-webgl', threads: 1, device } as Contender;
    const spec = {
      name: 'tfjs-webgl',
      title: '',
      open: async () => ({ contenders: [contender], missing: [] }),
    };
    return (await warnOfSoftware(spec).open()).warnings;
  };

  it('warns of a renderer that is a program, and of no other', async () => {
    expect(await openOn('ANGLE (Google, SwiftShader Device)')).toMatchInlineSnapshot(`
      [
        "tfjs-webgl computes by software on the processor (SwiftShader or the like): its times say nothing about a GPU",
      ]
    `);
    expect(await openOn('ANGLE (NVIDIA GeForce)')).toBeUndefined();
  });
});

describe('wasmFiles', () => {
  it('are the published binaries, under the paths that the page asks for', () => {
    const files = wasmFiles(createRequire(import.meta.url).resolve);
    expect(Object.keys(files)).toEqual(Object.values(wasmPaths));
    expect(Object.values(files).every(existsSync)).toBe(true);
  });
});
