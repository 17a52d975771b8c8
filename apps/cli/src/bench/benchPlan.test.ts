import type { Runtime } from '@polyneuron/bench';
import { describe, expect, it } from 'vitest';
import { benchContenders } from './benchContenders.js';
import { type PlanRequest, planBench } from './benchPlan.js';
import { chooseRuntimes } from './chooseContenders.js';

const contendersIn = (runtimes: readonly Runtime[]) =>
  benchContenders({ runtimes, threads: [1], budgetMs: 1000 });
const inNode = await contendersIn(['node']);
const inBoth = await contendersIn(['node', 'chromium']);
const plan = (request: PlanRequest, { specs, elsewhere } = inNode) => planBench(request, specs, elsewhere);

describe('planBench', () => {
  it('measures training steps of the compiler against stock tfjs by default', () => {
    expect(plan({})).toEqual({
      suite: 'steps',
      cases: ['mnist-mlp', 'dense-autoencoder', 'quad-autoencoder', 'cross', 'lift', 'taylor-cnn'],
      contenders: ['polyneuron-wasm', 'tfjs-wasm'],
      baseline: 'tfjs-wasm',
    });
  });

  it('compares layers with the same programs op by op', () => {
    const { contenders, baseline } = plan({ suite: 'layers' });
    expect({ contenders, baseline }).toEqual({
      contenders: ['polyneuron-wasm', 'polyneuron-tfjs'],
      baseline: 'polyneuron-tfjs',
    });
  });

  it('takes the suite of the first case, and the order of the registry', () => {
    const { suite, cases } = plan({ cases: ['gemm-64-tn', 'gemm-64-nn'] });
    expect({ suite, cases }).toEqual({ suite: 'gemm', cases: ['gemm-64-nn', 'gemm-64-tn'] });
  });

  it('takes all contenders, or those named', () => {
    expect(plan({ contenders: ['all'] }).contenders).toEqual([
      'polyneuron-wasm',
      'polyneuron-wasm-fit',
      'polyneuron-tfjs',
      'polyneuron-tfjs-fit',
      'polyneuron-native',
      'polyneuron-native-fit',
      'polyneuron-cuda',
      'polyneuron-cuda-fit',
      'tfjs-cpu',
      'tfjs-wasm',
      'tfjs-node',
      'jax-js',
      'onnxruntime-node',
      'onnxruntime-web',
      'jax',
      'jax-scan',
      'torch',
      'keras',
      'keras-xla',
    ]);
    const named = plan({ contenders: ['tfjs-cpu', 'polyneuron-wasm'], baseline: 'tfjs-cpu' });
    expect(named).toMatchObject({ contenders: ['polyneuron-wasm', 'tfjs-cpu'], baseline: 'tfjs-cpu' });
  });

  it('rejects unknown names with the nearest one', () => {
    expect(() => plan({ suite: 'gem' })).toThrow("did you mean 'gemm'?");
    expect(() => plan({ cases: ['gemm-64-nm'] })).toThrow("did you mean 'gemm-64-nn'?");
    expect(() => plan({ suite: 'steps', cases: ['corss'] })).toThrow("did you mean 'cross'?");
    expect(() => plan({ contenders: ['tfjs-cup'] })).toThrow("did you mean 'tfjs-cpu'?");
    expect(() => plan({ baseline: 'tfjs-wams' })).toThrow("did you mean 'tfjs-wasm'?");
  });

  it('rejects a case of another suite', () => {
    expect(() => plan({ suite: 'steps', cases: ['gemm-64-nn'] })).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: --cases expected cases of one suite, 'steps', got 'gemm-64-nn'.

      Fix: it belongs to another run: --suite gemm]
    `);
  });

  it('rejects a baseline that is not measured', () => {
    expect(() => plan({ baseline: 'tfjs-cpu' })).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: --baseline expected one of the contenders measured: polyneuron-wasm, tfjs-wasm, got 'tfjs-cpu'.

      Fix: add it: --contenders polyneuron-wasm,tfjs-wasm,tfjs-cpu]
    `);
  });

  it('takes a backend for our contender and stock tfjs, in every runtime that is asked for', () => {
    const { contenders, baseline } = plan({ backend: ['wasm', 'webgl'] }, inBoth);
    expect({ contenders, baseline }).toEqual({
      contenders: ['polyneuron-wasm', 'tfjs-wasm', 'polyneuron-webgl', 'tfjs-webgl'],
      baseline: 'tfjs-wasm',
    });
    expect(plan({ backend: ['webgl'] }, inBoth).baseline).toBe('tfjs-webgl');
    expect(plan({ backend: ['wasm'], contenders: ['jax-js'] }).contenders).toEqual([
      'polyneuron-wasm',
      'tfjs-wasm',
      'jax-js',
    ]);
    expect(() => plan({ backend: ['wsam'] })).toThrow("did you mean 'wasm'?");
  });

  it('rejects what only another runtime has', () => {
    expect(() => plan({ contenders: ['tfjs-webgpu'] })).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: --contenders expected contenders of the runtimes asked for, got 'tfjs-webgpu'.

      Fix: it computes in another runtime: --runtime chromium]
    `);
    expect(() => plan({ backend: ['webgl'] })).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: --backend expected backends of the runtimes asked for, got 'webgl'.

      Fix: it computes in another runtime: --runtime chromium]
    `);
  });
});

describe('chooseRuntimes', () => {
  it('takes Node, or those named', () => {
    expect(chooseRuntimes()).toEqual(['node']);
    expect(chooseRuntimes(['chromium', 'node'])).toEqual(['node', 'chromium']);
    expect(() => chooseRuntimes(['chrome'])).toThrow("did you mean 'chromium'?");
  });
});
