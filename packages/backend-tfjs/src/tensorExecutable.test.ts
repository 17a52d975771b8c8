import {
  add,
  broadcastTo,
  constant,
  defineProgram,
  einsum,
  erf,
  exp,
  gather,
  mul,
  type Node,
  type Program,
  reshape,
  type Shape,
} from '@polyneuron/graph';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clearProgramCache, compileTensors, runProgram } from './index.js';

const affine = defineProgram({
  name: 'affine',
  inputs: {
    x: { shape: [2, 3], dtype: 'float32' },
    w: { shape: [3, 2], dtype: 'float32' },
    b: { shape: [2], dtype: 'float32' },
  },
  build: ({ inputs: { x, w, b } }) => ({ outputs: { y: add(einsum('bi,io->bo', x, w), b) } }),
});
const inputs = () => ({
  x: tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]),
  w: tf.tensor2d([1, 0, 0, 1, 1, 1], [3, 2]),
  b: tf.tensor1d([10, 20]),
});

function of(shape: Shape, build: (x: Node) => Node): Program {
  return defineProgram({
    name: 'one',
    inputs: { x: { shape, dtype: 'float32' } },
    build: (leaves) => ({ outputs: { y: build(leaves.inputs.x) } }),
  });
}

describe.each(['cpu', 'wasm'])('compileTensors on tfjs %s', (name) => {
  beforeEach(async () => {
    await tf.setBackend(name);
    tf.engine().startScope();
  });
  afterEach(() => tf.engine().endScope());

  it('runs on tensors and leaves the inputs alone', () => {
    const executable = compileTensors(affine);
    const fed = inputs();
    const { y } = executable.run(fed);
    expect(y.shape).toEqual([2, 2]);
    expect([...y.dataSync()]).toEqual([14, 25, 20, 31]);
    expect([...fed.x.dataSync()]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(executable.interpretedOps).toEqual([]);
    executable.dispose();
    expect([...y.dataSync()]).toEqual([14, 25, 20, 31]);
  });

  it('hands out tensors that tf.tidy disposes', () => {
    runProgram(affine, inputs());
    const fed = inputs();
    const before = [tf.memory().numTensors, tf.backend().numDataIds()];
    tf.tidy(() => void runProgram(affine, fed));
    expect([tf.memory().numTensors, tf.backend().numDataIds()]).toEqual(before);
  });

  it('returns outputs that live apart from inputs, constants and each other', () => {
    const program = defineProgram({
      name: 'shared',
      inputs: { x: { shape: [2], dtype: 'float32' } },
      build: ({ inputs: { x } }) => {
        const y = exp(x);
        return {
          outputs: {
            x,
            y,
            again: y,
            flat: reshape(y, [2, 1]),
            fixed: constant([1, 2], [2]),
            filled: constant(3, [2]),
          },
        };
      },
    });
    const executable = compileTensors(program);
    const x = tf.tensor1d([0, 0]);
    const outputs = executable.run({ x });
    x.dispose();
    outputs.y.dispose();
    executable.dispose();
    expect([...outputs.x.dataSync()]).toEqual([0, 0]);
    expect([...outputs.again.dataSync()]).toEqual([1, 1]);
    expect([...outputs.flat.dataSync()]).toEqual([1, 1]);
    expect([...outputs.fixed.dataSync()]).toEqual([1, 2]);
    expect([...outputs.filled.dataSync()]).toEqual([3, 3]);
  });

  it('is not taped, so that tfjs refuses to differentiate it instead of getting it wrong', () => {
    const { w, b } = inputs();
    const f = (x: tf.Tensor) => tf.sum(runProgram(affine, { x, w, b }).y);
    expect(() => tf.grad(f)(inputs().x)).toThrow('Cannot compute gradient');
  });

  it('multiplies data that was multiplied before under another shape', () => {
    // The stock wasm kernel packs the right operand once per data: it returns 5, 7 here
    const data = tf.tensor1d([1, 2, 3, 4, 5, 6]);
    const row = (n: number, m: number) =>
      of([6], (x) => einsum('i,io->o', constant(1, [n]), reshape(x, [n, m])));
    expect([...runProgram(row(2, 3), { x: data }).y.dataSync()]).toEqual([5, 7, 9]);
    expect([...runProgram(row(3, 2), { x: data }).y.dataSync()]).toEqual([9, 12]);
  });

  it('compiles a program once per backend, by its printed form', () => {
    clearProgramCache();
    const make = () => of([2], (x) => mul(x, constant([2, 3], [2])));
    const x = tf.tensor1d([1, 1]);
    runProgram(make(), { x });
    const compiled = tf.backend().numDataIds();
    const { y } = runProgram(make(), { x });
    y.dispose();
    expect(tf.backend().numDataIds()).toBe(compiled);
    clearProgramCache();
    expect(tf.backend().numDataIds()).toBe(compiled - 1);
  });

  it('interprets an op whose kernel the backend lacks, and says so', () => {
    const kernel = tf.getKernel('Erf', name);
    tf.unregisterKernel('Erf', name);
    try {
      const executable = compileTensors(of([3, 2], (x) => erf(mul(x, 2))));
      expect(executable.interpretedOps).toEqual(['erf']);
      const { y } = executable.run({ x: tf.tensor2d([0, 0.5, -0.5, 1, 9, -9], [3, 2]) });
      const one = Math.fround(0.8427007929497149);
      expect([...y.dataSync()]).toEqual([0, one, -one, Math.fround(0.9953222650189527), 1, -1]);
      const row = of([2], (x) => add(erf(broadcastTo(x, [2, 2])), constant([1, 2, 3, 4], [2, 2])));
      expect([...runProgram(row, { x: tf.tensor1d([0, 9]) }).y.dataSync()]).toEqual([1, 3, 3, 5]);
    } finally {
      tf.registerKernel(kernel);
    }
  });

  it('frees everything when a run throws', () => {
    const program = defineProgram({
      name: 'lookup',
      inputs: { x: { shape: [3], dtype: 'float32' }, at: { shape: [2], dtype: 'int32' } },
      build: ({ inputs: { x, at } }) => ({ outputs: { y: gather(exp(x), at), z: exp(mul(x, 2)) } }),
    });
    const executable = compileTensors(program);
    const fed = { x: tf.tensor1d([1, 2, 3]), at: tf.tensor1d([0, 3], 'int32') };
    const before = [tf.memory().numTensors, tf.backend().numDataIds()];
    expect(() => executable.run(fed)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: gather expected indices from 0 to 2, got 3.

      Fix: clamp or mask the indices first]
    `);
    expect([tf.memory().numTensors, tf.backend().numDataIds()]).toEqual(before);
  });

  it('rejects what does not fit', () => {
    const executable = compileTensors(affine);
    const { x, w, b } = inputs();
    expect(() => executable.run({ x, w })).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: program 'affine' expected input 'b' float32[2], got no tensor.

        x   float32[2,3]
        w   float32[3,2]
        b   missing

      Fix: shapes are static: build the program for these shapes, or reshape and cast the tensor]
    `);
    expect(() => executable.run({ x: tf.transpose(x), w, b })).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: program 'affine' expected input 'x' float32[2,3], got float32[3,2].

        x   float32[3,2]
        w   float32[3,2]
        b   float32[2]

      Fix: shapes are static: build the program for these shapes, or reshape and cast the tensor]
    `);
    expect(() => executable.run({ x: tf.cast(x, 'int32'), w, b })).toThrow('got int32[2,3]');
    executable.dispose();
    executable.dispose();
    expect(() => executable.run({ x, w, b })).toThrowErrorMatchingInlineSnapshot(`
      [DisposedError: executable of 'affine' expected to be used before dispose(), got a call after it.

      Fix: compile the program again, or dispose later]
    `);
    const counter = defineProgram({
      name: 'counter',
      state: { n: { shape: [], dtype: 'float32' } },
      build: ({ state: { n } }) => ({ outputs: { n }, updates: { n: add(n, 1) } }),
    });
    expect(() => compileTensors(counter)).toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: compileTensors expected a program without state, got state 'n'.

      Fix: make the state inputs and the updates outputs, or compile with createTfjsBackend]
    `);
  });
});
