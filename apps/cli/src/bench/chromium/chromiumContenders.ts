/** @file Who can take part in Chromium. Packages are loaded where their contender opens, never here. */
import { type BackendSource, type ContenderSpec, programContender, tfjsContender } from '@polyneuron/bench';
import { onnxWeb } from './onnxWeb.js';
import { requestWebgpu } from './requestWebgpu.js';
import { openStockContext, rendererOf, warnOfSoftware } from './stockWebgl.js';
import { wasmPaths } from './wasmFiles.js';

/** A contender, and what its browser must be started with. */
export interface ChromiumContender {
  readonly spec: ContenderSpec;
  readonly flags: readonly string[];
}

/** `threads` are counts to measure of those that have threads. */
export function chromiumContenders(threads: readonly number[]): readonly ChromiumContender[] {
  const plain = [
    programContender(wasm(threads)),
    warnOfSoftware(programContender(webgl)),
    tfjsContender('cpu', {
      load: async () => void (await import('@tensorflow/tfjs-backend-cpu')),
    }),
    stockWasm(threads),
    stockWebgl(),
    onnxWeb(threads),
  ];
  return [...plain.map((spec) => ({ spec, flags: [] })), { spec: stockWebgpu(), flags: webgpuFlags }];
}

/** WebGPU on a GPU, or where there is none on SwiftShader. */
const webgpuFlags = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-webgpu-adapter=swiftshader',
];

function wasm(threads: readonly number[]): BackendSource {
  return {
    name: 'wasm',
    threads,
    open: async (count) => (await import('@polyneuron/backend-wasm')).createWasmBackend({ threads: count }),
  };
}

const webgl: BackendSource = {
  name: 'webgl',
  open: async () => (await import('@polyneuron/backend-webgl')).createWebglBackend(),
};

function stockWasm(threads: readonly number[]): ContenderSpec {
  const [wanted = 1] = threads;
  let threadsInUse = 1;
  const spec = tfjsContender('wasm', {
    async load() {
      const [stock, { env, setBackend }] = await Promise.all([
        import('@tensorflow/tfjs-backend-wasm'),
        import('@tensorflow/tfjs-core'),
      ]);
      stock.setWasmPaths(wasmPaths);
      stock.setThreadsCount(wanted);
      // With one thread its faster binary, the one without atomics
      if (wanted === 1) env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      await setBackend('wasm');
      threadsInUse = Math.max(1, stock.getThreadsCount());
    },
    threads: () => threadsInUse,
  });
  return { ...spec, threads };
}

function stockWebgl(): ContenderSpec {
  let renderer = '';
  return warnOfSoftware(
    tfjsContender('webgl', {
      async load() {
        const { setWebGLContext } = await import('@tensorflow/tfjs-backend-webgl');
        const context = openStockContext();
        renderer = rendererOf(context);
        setWebGLContext(2, context);
      },
      describe: () => `tfjs webgl, ${renderer}`,
    }),
  );
}

function stockWebgpu(): ContenderSpec {
  let adapter = '';
  return warnOfSoftware(
    tfjsContender('webgpu', {
      async load() {
        adapter = await requestWebgpu();
        await import('@tensorflow/tfjs-backend-webgpu');
      },
      describe: () => `tfjs webgpu, ${adapter}`,
    }),
  );
}
