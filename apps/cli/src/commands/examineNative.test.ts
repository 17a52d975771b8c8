import { describe, expect, it } from 'vitest';
import { describeNative } from './examineNative.js';

const report = {
  node: '24.1.0',
  suppliesUtilFunctions: true,
  packages: [{ name: '@tensorflow/tfjs-node', version: '4.22.0', directory: '/p' }],
  bindings: [],
  cacheDirectory: '/cache/native',
  python: undefined,
  compiler: 'g++ 12.2.0',
  nodeHeaders: '/usr/include/node',
  gpu: { gpus: [], driver: undefined },
  remedies: ['install a TensorFlow', "then run 'polyneuron native build'"],
} as const;

describe('describeNative', () => {
  it('says what is missing', () => {
    expect(describeNative(report)).toMatchInlineSnapshot(`
      "what                  here
      ────────────────────  ───────────────────────────────────────────────────────────
      Node                  24.1.0; functions of util that tfjs-node calls are supplied
      tfjs-node             @tensorflow/tfjs-node 4.22.0
      TensorFlow of Python  none
      compiler              g++ 12.2.0
      headers of Node       /usr/include/node
      NVIDIA driver         none
      GPUs                  none
      bindings built here   /cache/native

      No binding of tfjs-node.

      native-cpu and native-gpu do not run here. To do:
        1. install a TensorFlow
        2. then run 'polyneuron native build'"
    `);
  });

  it('says what runs, and what does not load', () => {
    const built = {
      path: '/cache/native/a/tfjs_binding.node',
      origin: 'built',
      exists: true,
      probe: { loads: true, tensorflow: '2.21.0', isGpu: true },
      record: {
        tfjsNode: '4.22.0',
        tensorflow: '2.21.0',
        tensorflowDirectory: '/python/tensorflow',
        compiler: 'g++ 12.2.0',
      },
    } as const;
    const packaged = {
      path: '/p/lib/napi-v8/tfjs_binding.node',
      origin: 'packaged',
      exists: true,
      probe: { loads: false, reason: 'libtensorflow.so.2: no such file' },
      record: undefined,
    } as const;
    const gpu = { gpus: ['NVIDIA H100'], driver: '550.54' };
    expect(
      describeNative({ ...report, bindings: [built, packaged], gpu, remedies: [] }),
    ).toMatchInlineSnapshot(`
      "what                  here
      ────────────────────  ───────────────────────────────────────────────────────────
      Node                  24.1.0; functions of util that tfjs-node calls are supplied
      tfjs-node             @tensorflow/tfjs-node 4.22.0
      TensorFlow of Python  none
      compiler              g++ 12.2.0
      headers of Node       /usr/include/node
      NVIDIA driver         550.54
      GPUs                  NVIDIA H100
      bindings built here   /cache/native

      binding                      origin                              file
      ───────────────────────────  ──────────────────────────────────  ─────────────────────────────────
      TensorFlow 2.21.0, on a GPU  built by 'polyneuron native build'  /cache/native/a/tfjs_binding.node
                                                                       TensorFlow: /python/tensorflow
      does not load                came with the package               /p/lib/napi-v8/tfjs_binding.node
                                                                       libtensorflow.so.2: no such file

      --backend native-gpu runs on TensorFlow 2.21.0."
    `);
  });
});
