import type { Contender, ContenderSpec } from '../../contenders/contender.js';
import type { OnnxProto } from './encodeModel.js';
import type { OnnxEngine } from './onnxExecutable.js';
import type { OnnxRuntime } from './onnxRuntime.js';
import { prepareOnnx } from './onnxWorkload.js';

/** What an import of a package of onnxruntime gives. */
export interface LoadedOnnx {
  readonly runtime: OnnxRuntime;
  /** `onnx` of the package onnx-proto. */
  readonly proto: OnnxProto;
  /** Of `runtime`. */
  readonly version: string;
}

export interface OnnxPeer {
  /** That of the package, which is the contender's too. */
  readonly name: 'onnxruntime-node' | 'onnxruntime-web';
  /** Thread counts to measure, one result each. default [1] */
  readonly threads?: readonly number[];
  /** Imports the packages, and has them use so many threads. A failure is the reason why the contender is missing. */
  load(threads: number): Promise<LoadedOnnx>;
}

/** How the packages compute: on which provider, and whether results go into tensors that are handed in. */
const ways: { readonly [K in OnnxPeer['name']]: Pick<OnnxEngine, 'provider' | 'writesInPlace'> } = {
  'onnxruntime-node': { provider: 'cpu', writesInPlace: true },
  'onnxruntime-web': { provider: 'wasm', writesInPlace: false },
};

/**
 * The contender of a package of onnxruntime: every case as its program exported to ONNX, training steps too, one session.run for
 * each run and the new state fed back.
 */
export function onnxContender({ name, threads = [1], load }: OnnxPeer): ContenderSpec {
  const { provider } = ways[name];
  return {
    name,
    title: `${name} (${provider}) on the exported program or training step, one session.run each, state fed back`,
    threads,
    async open() {
      const contenders: Contender[] = [];
      const missing: string[] = [];
      for (const count of threads) {
        try {
          contenders.push(contenderOf(name, count, await load(count)));
        } catch (cause) {
          const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1);
          missing.push(`${reason}: npm install ${name} onnx-proto`);
        }
      }
      return { contenders, missing: [...new Set(missing)] };
    },
  };
}

function contenderOf(
  name: OnnxPeer['name'],
  threads: number,
  { runtime, proto, version }: LoadedOnnx,
): Contender {
  const engine = { runtime, proto, threads, ...ways[name] };
  return {
    name,
    threads,
    device: `${name}, provider ${engine.provider}`,
    versions: { [name]: version },
    prepare: (opened) => prepareOnnx(engine, opened),
    dispose: () => {},
  };
}
