import { findBackendFactory, getBackend, setBackend, tensor1d, topk } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { hasBinding, warnWithoutBinding } from '../testing/foundBinding.js';
import { registerTfjsBackend } from './registerTfjsBackend.js';

warnWithoutBinding('stock tfjs-node');

describe.skipIf(!hasBinding)('registerTfjsBackend', () => {
  it('makes tfjs-node known without choosing it, any number of times', async () => {
    const tensorflow = registerTfjsBackend({ device: 'cpu' });
    // tfjs-node brings the plain backend with it
    await setBackend('cpu');
    expect(registerTfjsBackend()).toBe(tensorflow);
    expect(getBackend()).toBe('cpu');
    expect(findBackendFactory('tensorflow')).toBeTypeOf('function');
  });

  it('runs kernels that call the functions of util which Node 23 took away', async () => {
    registerTfjsBackend();
    await setBackend('tensorflow');
    const { values, indices } = topk(tensor1d([1, 5, 3]), 2);
    expect([await values.data(), await indices.data()]).toEqual([Float32Array.of(5, 3), Int32Array.of(1, 2)]);
  });
});
