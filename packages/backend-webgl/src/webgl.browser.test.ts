/** @file Training, the ends of number ranges, loss of the context, and tensors of tfjs, on WebGL in Chromium. */
import { fileURLToPath } from 'node:url';
import { hasBrowser, openPage, type TestPage } from '@polyneuron/browser-tests';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Findings } from './testing/backends.js';
import type { fitModel } from './testing/tfjsTensors.js';

describe.skipIf(!hasBrowser('WebGL'))('webgl in Chromium', () => {
  let page: TestPage;
  beforeAll(async () => {
    page = await openPage(fileURLToPath(new URL('./testing/page.ts', import.meta.url)));
  });
  afterAll(() => page?.close());

  it('trains as the interpreter does', async () => {
    expect(await page.call<Findings>('trainingConformance', 'webgl')).toEqual({ passed: 1, failures: [] });
  });

  it('keeps every bit of integers', async () => {
    expect(await page.call<Findings>('integerConformance', 'webgl')).toEqual({ passed: 34, failures: [] });
  });

  it('keeps NaN, infinities and numbers near the ends of float32', async () => {
    expect(await page.call<Findings>('specialConformance', 'webgl')).toEqual({ passed: 48, failures: [] });
  });

  it('says that the context is lost, and goes on from the last state when it is back', async () => {
    expect(await page.call('loseContext')).toMatchInlineSnapshot(`
      {
        "errors": {
          "compile": "backend 'webgl' expected a live WebGL context, got one that the browser took away.

      Fix: await backend.whenRestored(), then go on: state is then as it was last written or read",
          "read": "executable of 'step' expected a live WebGL context, got one that the browser took away.

      Fix: await backend.whenRestored(), then go on: state is then as it was last written or read",
          "scan": "executable of 'step' expected a live WebGL context, got one that the browser took away.

      Fix: await backend.whenRestored(), then go on: state is then as it was last written or read",
        },
        "isLost": true,
        "isLostAfterwards": false,
      }
    `);
  });

  it('rejects bad calls', async () => {
    expect(await page.call('errorsOf')).toMatchInlineSnapshot(`
      {
        "afterDispose": "backend 'webgl' expected to be used before dispose(), got a call after it.

      Fix: compile the program again, or dispose later",
        "disposed": "executable of 'rows' expected to be used before dispose(), got a call after it.

      Fix: compile the program again, or dispose later",
        "index": "program 'rows' on webgl expected indices from 0 to 2 in input 'at', got 3.

      Fix: check the row and class indices that are fed",
        "isAvailable": {
          "available": true,
        },
        "lost": "backend 'webgl' expected to run here, got the WebGL context is lost.

      Fix: wait for 'webglcontextrestored' on its canvas, or reload the page",
        "noFloats": "backend 'webgl' expected to run here, got this device cannot write textures of 32-bit floats (EXT_color_buffer_float).

      Fix: use another device, or the wasm backend",
        "noTensor": "program 'copy' expected input 'x' float32[2], got no tensor.

      Fix: shapes are static: build the program for these shapes, or reshape and cast the tensor",
        "shape": "program 'copy' expected input 'x' float32[2], got float32[3].

      Fix: shapes are static: build the program for these shapes, or reshape and cast the tensor",
        "size": "program 'huge' on webgl expected buffers of at most 8192 by 8192 texels of four elements on this device, got state 's' of 1073741824 elements, 16384 by 16384 texels.

      Fix: use a smaller batch, or keep less data resident",
        "state": "program 'rows' on tfjs webgl expected a program without state, got state 'table'.

      Fix: make the state inputs and the updates outputs, or compile with createWebglBackend",
      }
    `);
  });

  it('runs layers on tensors of tfjs, forward and backward, in its context', async () => {
    const names = ['quadDense', 'featureCross', 'dense', 'splineKan', 'quadConv2d'];
    expect(await page.call<Findings>('tensorConformance', names)).toEqual({ passed: 5, failures: [] });
  });

  it('lets a stock tfjs model with a polyneuron layer learn, and leaves no tensors behind', async () => {
    const { losses, left } = await page.call<Awaited<ReturnType<typeof fitModel>>>('fitModel');
    expect(left).toBe(0);
    expect(losses.at(-1)).toBeLessThan(losses[0]);
  });
});
