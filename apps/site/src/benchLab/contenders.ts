/** @file Who can take part in a browser. The packages of a contender are loaded when its turn comes. */
import { type ContenderSpec, programContender, tfjsContender } from '@polyneuron/bench';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { ContenderKey } from './plan.js';

type MakeSpec = (threads: number) => ContenderSpec;

/** The contender of each key; wasm ones with this number of threads, ours with one as well. */
export const makeContender: { readonly [K in ContenderKey]: MakeSpec } = {
  'polyneuron-wasm': (threads) =>
    programContender({
      name: 'wasm',
      threads: threads > 1 ? [1, threads] : [1],
      open: async (count) => (await import('@polyneuron/backend-wasm')).createWasmBackend({ threads: count }),
    }),
  'polyneuron-webgl': () =>
    programContender({
      name: 'webgl',
      open: async () => (await import('@polyneuron/backend-webgl')).createWebglBackend(),
    }),
  'tfjs-wasm': stockWasm,
  'tfjs-webgl': stockWebgl,
  'tfjs-cpu': () =>
    tfjsContender('cpu', {
      load: async () => {
        await import('@tensorflow/tfjs-backend-cpu');
      },
    }),
};

function stockWasm(threads: number): ContenderSpec {
  let threadsInUse = 1;
  return tfjsContender('wasm', {
    async load() {
      const [wasm, { env, setBackend }] = await Promise.all([
        import('@tensorflow/tfjs-backend-wasm'),
        import('@tensorflow/tfjs-core'),
      ]);
      wasm.setWasmPaths({
        'tfjs-backend-wasm.wasm': plainUrl,
        'tfjs-backend-wasm-simd.wasm': simdUrl,
        'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
      });
      wasm.setThreadsCount(threads);
      // With one thread its faster binary, the one without atomics
      if (threads === 1) env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      await setBackend('wasm');
      threadsInUse = Math.max(1, wasm.getThreadsCount());
    },
    threads: () => threadsInUse,
    describe: () =>
      `stock tfjs on its WebAssembly backend, which reports ${threadsInUse} of ${threads} threads`,
  });
}

function stockWebgl(): ContenderSpec {
  let renderer = '';
  return tfjsContender('webgl', {
    async load() {
      const { setWebGLContext } = await import('@tensorflow/tfjs-backend-webgl');
      const gl = slowContextToo();
      renderer = String(gl.getParameter(gl.RENDERER));
      setWebGLContext(2, gl);
    },
    describe: () => `stock tfjs on its WebGL backend, ${renderer}`,
  });
}

/** A context with the attributes that tfjs asks for, but for the refusal of software rendering: it is shown instead. */
function slowContextToo(): WebGL2RenderingContext {
  const gl = new OffscreenCanvas(300, 150).getContext('webgl2', {
    alpha: false,
    antialias: false,
    premultipliedAlpha: false,
    preserveDrawingBuffer: false,
    depth: false,
    stencil: false,
  });
  if (!gl) throw new Error('this browser has no WebGL 2');
  return gl;
}
