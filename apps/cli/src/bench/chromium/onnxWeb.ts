import { type ContenderSpec, onnxContender } from '@polyneuron/bench';

/** The binary and the script that starts its threads, as they are published, by the paths under which browsers find them. */
const paths = {
  wasm: '/onnxruntime/ort-wasm-simd-threaded.wasm',
  mjs: '/onnxruntime/ort-wasm-simd-threaded.mjs',
} as const;

/** onnxruntime-web on its WebAssembly provider, where it and onnx-proto are installed beside this program. */
export function onnxWeb(threads: readonly number[]): ContenderSpec {
  return onnxContender({
    name: 'onnxruntime-web',
    threads,
    async load(count) {
      const runtime = await import('onnxruntime-web/wasm');
      const { default: proto } = await import('onnx-proto');
      runtime.env.wasm.numThreads = count;
      runtime.env.wasm.wasmPaths = paths;
      return { runtime, proto: proto.onnx, version: runtime.env.versions.web ?? 'unknown' };
    },
  });
}

/** For the site: path, and where Node finds the file; nothing where the package is not installed. */
export function onnxFiles(resolve: (specifier: string) => string): Readonly<Record<string, string>> {
  try {
    return {
      [paths.wasm]: resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'),
      [paths.mjs]: resolve('onnxruntime-web/ort-wasm-simd-threaded.mjs'),
    };
  } catch {
    return {};
  }
}
