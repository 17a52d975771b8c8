import { afterEach, describe, expect, it, vi } from 'vitest';
import { findGpus } from '../locate/gpus.js';
import { hasBinding, warnWithoutBinding } from '../testing/foundBinding.js';
import { loadTensorflow } from './loadTensorflow.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

// Before the first load of this process
describe('loadTensorflow without TensorFlow', () => {
  it('says that there is no binding', () => {
    vi.stubEnv('POLYNEURON_TFJS_BINDING', '');
    vi.stubEnv('POLYNEURON_CACHE', '/nowhere');
    expect(() => loadTensorflow({ device: 'cpu' })).toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'native-cpu' expected to run here, got no binding of tfjs-node: neither did it come with one, nor has one been built.

      Fix: run 'polyneuron native build', which needs @tensorflow/tfjs-node, a C++ compiler and the TensorFlow of a Python]
    `);
  });

  it('says that the binding named is not there', () => {
    vi.stubEnv('POLYNEURON_TFJS_BINDING', '/nowhere/tfjs_binding.node');
    expect(() => loadTensorflow({ device: 'gpu' })).toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'native-gpu' expected to run here, got no file '/nowhere/tfjs_binding.node', which POLYNEURON_TFJS_BINDING names.

      Fix: correct the variable, or unset it]
    `);
  });

  it('says that a binding does not load', () => {
    expect(() => loadTensorflow({ binding: '/nowhere/tfjs_binding.js' })).toThrow(
      /^backend 'native-cpu' expected to run here, got a binding that does not load: Cannot find module/,
    );
  });
});

warnWithoutBinding('the rules of loading TensorFlow');

describe.skipIf(!hasBinding)('loadTensorflow with TensorFlow', () => {
  it('loads it once, whatever is left open later', () => {
    const first = loadTensorflow({ device: 'cpu', threads: 1 });
    expect(first).toMatchObject({ device: 'cpu', threads: 1, version: expect.stringMatching(/^2\./) });
    expect(loadTensorflow()).toBe(first);
    expect(loadTensorflow({ device: 'cpu', binding: first.path })).toBe(first);
  });

  it('cannot load another one', () => {
    const { path } = loadTensorflow();
    const mask = (work: () => unknown) => () => {
      try {
        return work();
      } catch (error) {
        throw new Error((error as Error).message.replaceAll(path, 'PATH'));
      }
    };
    expect(mask(() => loadTensorflow({ binding: '/other.node' }))).toThrowErrorMatchingInlineSnapshot(`
      [Error: loadTensorflow expected the TensorFlow that is loaded, PATH, got '/other.node'.

      Fix: a process loads TensorFlow once: decide in the first call, or start another process]
    `);
    expect(mask(() => loadTensorflow({ threads: 3 }))).toThrowErrorMatchingInlineSnapshot(`
      [Error: loadTensorflow expected the TensorFlow that is loaded, PATH, got 3 threads.

      Fix: a process loads TensorFlow once: decide in the first call, or start another process]
    `);
  });

  it.skipIf(findGpus().gpus.length > 0)('has no GPU where there is none', () => {
    const { version } = loadTensorflow();
    expect(() => {
      try {
        loadTensorflow({ device: 'gpu' });
      } catch (error) {
        throw new Error((error as Error).message.replaceAll(version, 'VERSION'));
      }
    }).toThrowErrorMatchingInlineSnapshot(`
      [Error: backend 'native-gpu' expected to run here, got TensorFlow VERSION on the processor: it sees no GPU.

      Fix: 'polyneuron doctor --native' says what is missing; native-cpu runs meanwhile]
    `);
  });
});
