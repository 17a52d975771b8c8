import type { ContenderSpec } from '../../contenders/contender.js';
import { onnxContender } from './onnxContender.js';

/** The contenders `onnxruntime-node`, at each thread count, and `onnxruntime-web`, whose threads do not start in Node. */
export function onnxPeers(threads: readonly number[] = [1]): readonly ContenderSpec[] {
  return [
    onnxContender({
      name: 'onnxruntime-node',
      threads,
      async load() {
        const { default: runtime } = await import('onnxruntime-node');
        const { default: proto } = await import('onnx-proto');
        return { runtime, proto: proto.onnx, version: versionOf(runtime.env.versions.node) };
      },
    }),
    onnxContender({
      name: 'onnxruntime-web',
      async load(count) {
        const runtime = await import('onnxruntime-web/wasm');
        const { default: proto } = await import('onnx-proto');
        runtime.env.wasm.numThreads = count;
        return { runtime, proto: proto.onnx, version: versionOf(runtime.env.versions.web) };
      },
    }),
  ];
}

function versionOf(version: string | undefined): string {
  return version ?? 'unknown';
}
