import { describe, expect, it } from 'vitest';
import { benchBackends } from './benchBackends.js';
import { benchPeers } from './benchPeers.js';
import { type PlanRequest, planBench } from './benchPlan.js';

const peers = benchPeers({ threads: [1], budgetMs: 1000 });
const plan = (request: PlanRequest) => planBench(request, benchBackends([1]), peers);

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
      'jax',
      'jax-scan',
      'torch',
      'keras',
      'keras-xla',
      'tfjs-node',
      'jax-js',
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
});
