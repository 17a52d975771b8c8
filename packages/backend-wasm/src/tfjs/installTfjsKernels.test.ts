import { getKernel, getKernelsForBackend, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { installTfjsKernels } from './installTfjsKernels.js';
import './testing/tfjsBackends.js';

const installed = [
  'Conv2DBackpropFilter',
  'DepthwiseConv2dNativeBackpropFilter',
  'DepthwiseConv2dNativeBackpropInput',
  'UnsortedSegmentSum',
  'Einsum',
  'PolyneuronProgram',
];

const functions = () =>
  new Map(getKernelsForBackend('wasm').map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc]));

describe('installTfjsKernels', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('adds what is missing and replaces BatchMatMul, without a warning, once', () => {
    const warn = vi.spyOn(console, 'warn');
    const before = functions();
    for (const name of installed) expect(before.has(name)).toBe(false);
    installTfjsKernels();
    const after = functions();
    for (const name of installed) expect(after.has(name)).toBe(true);
    const changed = [...before].filter(([name, kernelFunc]) => after.get(name) !== kernelFunc);
    expect(changed.map(([name]) => name)).toEqual(['BatchMatMul']);
    expect(after.size).toBe(before.size + installed.length);
    installTfjsKernels();
    expect(functions()).toEqual(after);
    expect(warn).not.toHaveBeenCalled();
  });

  it('keeps a kernel that somebody else registered', () => {
    installTfjsKernels();
    unregisterKernel('Einsum', 'wasm');
    const kernelFunc = () => [];
    registerKernel({ kernelName: 'Einsum', backendName: 'wasm', kernelFunc });
    installTfjsKernels();
    expect(getKernel('Einsum', 'wasm').kernelFunc).toBe(kernelFunc);
    unregisterKernel('Einsum', 'wasm');
    installTfjsKernels();
    expect(getKernel('Einsum', 'wasm').kernelFunc).not.toBe(kernelFunc);
  });

  it('needs the wasm backend of tfjs, and SIMD', () => {
    const stock = getKernel('BatchMatMul', 'wasm');
    unregisterKernel('BatchMatMul', 'wasm');
    expect(() => installTfjsKernels()).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: installTfjsKernels expected the wasm backend of tfjs, got no kernels for it.

      Fix: import '@tensorflow/tfjs-backend-wasm' before the call, from the same copy of tfjs-core]
    `);
    registerKernel(stock);
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    expect(() => installTfjsKernels()).toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'wasm' expected to run here, got this engine has no WebAssembly SIMD.

      Fix: use a browser or Node with WebAssembly SIMD (every engine since 2021), or stock tfjs without it]
    `);
  });
});
