import {
  argMax,
  defineProgram,
  einsum,
  gather,
  mul,
  type Program,
  sigmoid,
  sub,
  sum,
  tanh,
} from '@polyneuron/graph';
import { expectClose, tolerances } from '@polyneuron/testing';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { clearProgramCache, differentiableProgram } from './index.js';
import { registerStockGradients } from './testing/stockGradients.js';

registerStockGradients();

const { transcendental, gradient } = tolerances.float32;

const swish = defineProgram({
  name: 'swish',
  inputs: { x: { shape: [], dtype: 'float32' } },
  build: ({ inputs: { x } }) => ({ outputs: { y: mul(x, sigmoid(x)) } }),
});

const apply = (program: Program, inputs: Record<string, tf.Tensor>) =>
  differentiableProgram(program, inputs).y;

const s = (x: number) => 1 / (1 + Math.exp(-x));
const ds = (x: number) => s(x) * (1 - s(x));
const dds = (x: number) => ds(x) * (1 - 2 * s(x));
const ddds = (x: number) => dds(x) * (1 - 2 * s(x)) - 2 * ds(x) ** 2;

describe.each(['cpu', 'wasm'])('differentiableProgram on tfjs %s', (name) => {
  beforeEach(async () => {
    await tf.setBackend(name);
  });

  it('is right to third order where stock tfjs is silently wrong', () => {
    const f = (x: tf.Tensor) => apply(swish, { x });
    const x = 0.4;
    // (xσ)' = σ + xσ', (xσ)'' = 2σ' + xσ'', (xσ)''' = 3σ'' + xσ'''
    const expected = [s(x) + x * ds(x), 2 * ds(x) + x * dds(x), 3 * dds(x) + x * ddds(x)];
    const first = tf.grad(f);
    const second = tf.grad((t) => first(t));
    const third = tf.grad((t) => second(t));
    expectClose(expected[1], 0.461553, { rtol: 0, atol: 5e-7 });
    for (const [at, derivative] of [first, second, third].entries())
      expectClose(derivative(tf.scalar(x)).dataSync(), [expected[at]], transcendental);
    // The defect this replaces; when stock tfjs mends it, this line says so
    const stock = tf.grad((t) => tf.grad((u) => tf.mul(u, tf.sigmoid(u)))(t));
    expect(stock(tf.scalar(x)).dataSync()[0]).toBeCloseTo(0.480522, 5);
  });

  it('joins other tfjs ops on the tape, at any order', () => {
    // f = Σ (3 tanh(x))², f'' on the diagonal = 18 (t'² + t t'')
    const layer = defineProgram({
      name: 'tanh',
      inputs: { x: { shape: [3], dtype: 'float32' } },
      build: ({ inputs: { x } }) => ({ outputs: { y: tanh(x) } }),
    });
    const f = (x: tf.Tensor): tf.Scalar => tf.sum(tf.square(tf.mul(apply(layer, { x }), 3)));
    const second = tf.grad((x: tf.Tensor) => tf.sum(tf.grad(f)(x)));
    const points = [-0.5, 0.1, 1.2];
    const expected = points.map((p) => {
      const t = Math.tanh(p);
      const d = 1 - t * t;
      return 18 * (d * d + t * -2 * t * d);
    });
    expectClose(second(tf.tensor1d(points)).dataSync(), expected, gradient);
  });

  const mixed = defineProgram({
    name: 'mixed',
    inputs: {
      x: { shape: [2, 3], dtype: 'float32' },
      w: { shape: [3, 2], dtype: 'float32' },
      at: { shape: [2], dtype: 'int32' },
    },
    build: ({ inputs: { x, w, at } }) => {
      const y = gather(einsum('bi,io->bo', x, w), at);
      return { outputs: { y, total: sum(mul(x, x)), best: argMax(y, 1) } };
    },
  });
  const tensors = () => ({
    x: tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]),
    w: tf.tensor2d([1, 0, 2, 1, 0, 1], [3, 2]),
    at: tf.tensor1d([1, 1], 'int32'),
  });

  it.each([undefined, ['w'], []])(
    'differentiates several outputs with respect to several inputs, wrt %j',
    (wrt) => {
      const { x, w, at } = tensors();
      const loss = (a: tf.Tensor, b: tf.Tensor) => {
        const outputs = differentiableProgram(mixed, { x: a, w: b, at }, wrt && { wrt });
        expect(outputs.best.dtype).toBe('int32');
        return tf.add(tf.sum(outputs.y), tf.mul(outputs.total, 0.5)) as tf.Scalar;
      };
      const [dx, dw] = tf.grads(loss)([x, w]);
      // y is row 1 of xw twice: dx = x + [0; 2 Σ_o w], dw = 2 x[1]
      expectClose(dx.dataSync(), [1, 2, 3, 4 + 2, 5 + 6, 6 + 2], gradient);
      expectClose(dw.dataSync(), [8, 8, 10, 10, 12, 12], gradient);
    },
  );

  it('gives an integer input a zero gradient', () => {
    const { x, w } = tensors();
    const dx = tf.grad((t: tf.Tensor) =>
      tf.sum(differentiableProgram(mixed, { x, w, at: tf.cast(t, 'int32') }).y),
    )(tf.tensor1d([1, 1]));
    expect([...dx.dataSync()]).toEqual([0, 0]);
  });

  it('trains a variable, and leaves no tensor behind', () => {
    const residual = defineProgram({
      name: 'residual',
      inputs: { w: { shape: [2], dtype: 'float32' }, t: { shape: [2], dtype: 'float32' } },
      build: ({ inputs: { w, t } }) => ({ outputs: { y: sum(mul(sub(w, t), sub(w, t))) } }),
    });
    clearProgramCache();
    const w = tf.variable(tf.zeros([2]));
    const t = tf.tensor1d([3, -1]);
    const step = () =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(() => apply(residual, { w, t }) as tf.Scalar);
        w.assign(tf.sub(w, tf.mul(grads[w.name], 0.1)));
        return value.dataSync()[0];
      });
    step();
    const before = [tf.memory().numTensors, tf.backend().numDataIds()];
    let loss = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 100; i++) loss = step();
    expect([tf.memory().numTensors, tf.backend().numDataIds()]).toEqual(before);
    // The error shrinks by 0.8 per step
    expect(loss).toBeLessThan(1e-8);
    w.dispose();
  });
});
