import { defineProgram } from '@polyneuron/graph';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createTfjsBackend, runProgram } from './index.js';

const program = defineProgram({
  name: 'echo',
  inputs: { x: { shape: [], dtype: 'float32' } },
  build: ({ inputs: { x } }) => ({ outputs: { y: x } }),
});

describe('without a tfjs backend', () => {
  it('says what to import', () => {
    expect(() => createTfjsBackend()).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: tfjs expected a backend that is ready, got the error: No backend found in registry.

      Fix: import '@tensorflow/tfjs-backend-cpu' (or another), call tf.setBackend and await tf.ready()]
    `);
    expect(() => runProgram(program, {})).toThrow('expected a backend that is ready');
  });

  it('says what to await while one initialises', () => {
    tf.registerBackend('slow', () => new Promise(() => {}));
    expect(() => createTfjsBackend()).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: tfjs expected a backend that is ready, got the error: The highest priority backend 'slow' has not yet been initialized. Make sure to await tf.ready() or await tf.setBackend() before calling other methods.

      Fix: import '@tensorflow/tfjs-backend-cpu' (or another), call tf.setBackend and await tf.ready()]
    `);
    tf.removeBackend('slow');
  });
});
