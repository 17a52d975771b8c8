import { describe, expect, it } from 'vitest';
import { installTfjsKernels } from './tfjs/installTfjsKernels.js';
import { createWebglBackend, webglEntry } from './webglBackend.js';

describe('webgl where there is none', () => {
  it('says so, and what to do', async () => {
    expect(() => createWebglBackend()).toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'webgl' expected to run here, got this environment has no WebGL 2.

      Fix: use a browser with hardware acceleration switched on, or the wasm backend]
    `);
    expect(await webglEntry.probe({})).toMatchInlineSnapshot(`
      {
        "available": false,
        "reason": "this environment has no WebGL 2",
        "remedy": "use a browser with hardware acceleration switched on, or the wasm backend",
      }
    `);
  });

  it('needs the webgl backend of tfjs for kernels on it', () => {
    expect(() => installTfjsKernels()).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: installTfjsKernels expected the webgl backend of tfjs, got no kernels for it.

      Fix: import '@tensorflow/tfjs-backend-webgl' before the call, from the same copy of tfjs-core]
    `);
  });
});
