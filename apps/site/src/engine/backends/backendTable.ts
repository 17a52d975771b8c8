import { type Backend, createReferenceBackend } from '@polyneuron/backend';
import { createWasmBackend, probeSimd } from '@polyneuron/backend-wasm';
import type { WebglBackend } from '@polyneuron/backend-webgl';
import type { BackendKey } from '../../protocol/messages.js';
import type { SelfTestSize } from './selfTest.js';

export interface BackendChoice {
  readonly title: string;
  /** Why it cannot be had here, or undefined. Loads nothing. */
  missing(): string | undefined;
  /** Throws where it cannot be had after all. */
  open(): Promise<Backend>;
  readonly selfTest: SelfTestSize;
  /** Of devices that the browser may take away and give back. */
  readonly recovery?: {
    isLoss(error: unknown): boolean;
    restored(backend: Backend): Promise<void>;
  };
}

const isIsolated = (): boolean =>
  (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;

/** Threads in use: the cores, within reason. */
const threadCount = (): number =>
  Math.max(
    2,
    Math.min(
      8,
      (globalThis.navigator as { hardwareConcurrency?: number } | undefined)?.hardwareConcurrency ?? 2,
    ),
  );

/** `threadScript` of @polyneuron/backend-wasm as a file: the site's policy allows no workers made of blobs. */
const threadUrl = '/wasm-thread.js';

const noSimd = 'this browser has no WebAssembly SIMD';

/** Everything that can compute here, the fastest for networks of this size first: 'auto' takes the first that works. */
export const backendTable: { readonly [K in BackendKey]: BackendChoice } = {
  wasm: {
    title: 'WebAssembly SIMD',
    missing: () => (probeSimd().simd ? undefined : noSimd),
    open: async () => createWasmBackend(),
    selfTest: 'small',
  },
  threads: {
    title: 'WebAssembly SIMD, threads',
    missing: () =>
      !probeSimd().simd
        ? noSimd
        : isIsolated()
          ? undefined
          : 'this page is not cross-origin isolated, so threads cannot share memory',
    open: async () => createWasmBackend({ threads: threadCount(), threadUrl }),
    selfTest: 'wide',
  },
  webgl: {
    title: 'WebGL 2 shaders',
    missing: webglMissing,
    open: async () => (await import('@polyneuron/backend-webgl')).createWebglBackend(),
    selfTest: 'small',
    recovery: {
      // By name: the package is loaded only when it is chosen
      isLoss: (error) => error instanceof Error && error.name === 'ContextLostError',
      restored: (backend) => (backend as WebglBackend).whenRestored(),
    },
  },
  javascript: {
    title: 'plain JavaScript: the float64 interpreter',
    missing: () => undefined,
    open: async () => createReferenceBackend(),
    selfTest: 'small',
  },
};

function webglMissing(): string | undefined {
  if (typeof OffscreenCanvas === 'undefined') return 'this browser has no canvas in workers';
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return 'this browser has no WebGL 2 in workers';
  const reason = gl.getExtension('EXT_color_buffer_float')
    ? undefined
    : 'this device cannot write textures of 32-bit floats';
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return reason;
}
