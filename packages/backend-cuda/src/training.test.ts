/**
 * @file From a program to its results through everything but the GPU: printed, compiled and launched by the driver on
 * the stand-in (`standIn/standIn.h`), whose kernels run on the host.
 */
import type { Backend } from '@polyneuron/backend';
import { opSamples } from '@polyneuron/conformance';
import {
  add,
  defineProgram,
  exp,
  gather,
  gradient,
  interpret,
  log,
  matMul,
  mean,
  mul,
  type Node,
  type OpName,
  reduceMax,
  simplify,
  sub,
  sum,
  tanh,
} from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCudaBackend } from './cudaBackend.js';
import { hasCompiler } from './testing/hostCompiler.js';
import { buildStandIn, type StandIn } from './testing/standIn.js';

const [samples, features, hidden, classes, batch] = [48, 196, 32, 10, 32];
const float32 = (...shape: number[]) => ({ shape, dtype: 'float32' }) as const;
const parameters = {
  w1: float32(features, hidden),
  b1: float32(hidden),
  w2: float32(hidden, hidden),
  b2: float32(hidden),
  w3: float32(hidden, classes),
  b3: float32(classes),
};
type Parameters = { readonly [K in keyof typeof parameters]: Node };

/** −log of the softmax's component that `labels` (one-hot) names, averaged; shifted by the largest, which it does not change. */
function crossEntropy(logits: Node, labels: Node): Node {
  const shifted = sub(logits, reduceMax(logits, [1], { keepDims: true }));
  return mean(sub(log(sum(exp(shifted), [1])), sum(mul(shifted, labels), [1])));
}

/** A step of a small `mnist-mlp`: 196-32-32-10 tanh, softmax cross-entropy, SGD; rows of a resident data set by number. */
const mlp = defineProgram({
  name: 'small mnist-mlp',
  inputs: { rows: { shape: [batch], dtype: 'int32' } },
  state: { images: float32(samples, features), labels: float32(samples, classes), ...parameters },
  build: ({ inputs: { rows }, state: { images, labels, ...p } }) => {
    const { w1, b1, w2, b2, w3, b3 } = p as Parameters;
    const first = tanh(add(matMul(gather(images, rows), w1), b1));
    const second = tanh(add(matMul(first, w2), b2));
    const loss = crossEntropy(add(matMul(second, w3), b3), gather(labels, rows));
    const names = Object.keys(parameters);
    const slopes = gradient(loss, Object.values(p));
    return {
      outputs: { loss },
      updates: Object.fromEntries(
        names.map((name, at) => [name, sub((p as Record<string, Node>)[name], mul(slopes[at], 0.1))]),
      ),
    };
  },
});

describe.skipIf(!hasCompiler('g++', 'training on CUDA over its stand-in'))('cuda over its stand-in', () => {
  let standIn: StandIn;
  let backend: Backend;
  beforeAll(() => {
    standIn = buildStandIn();
    standIn.runKernels(true);
  });
  afterAll(() => standIn.remove());
  beforeEach(async () => {
    standIn.reset();
    backend = await createCudaBackend({ driver: standIn.path, nvrtc: standIn.path });
  });
  afterEach(() => {
    backend.dispose();
    expect([standIn.faults(), standIn.ledger()]).toEqual([[], []]);
  });

  it('trains a network as the interpreter does', async () => {
    const steps = 3;
    const random = testRandom(1);
    const scale: Record<string, number> = { images: 0.5, w1: 1 / 14, w2: 0.2, w3: 0.2 };
    const initial = Object.fromEntries(
      Object.entries(mlp.state).map(([name, { shape }]) => [
        name,
        Float32Array.from(
          { length: shape.reduce((a, b) => a * b, 1) },
          () => (scale[name] ?? 0) * random.normal(),
        ),
      ]),
    );
    for (let sample = 0; sample < samples; sample++)
      initial.labels[sample * classes + (sample % classes)] = 1;
    const rows = Int32Array.from({ length: steps * batch }, (_, at) => (at * 37 + 5) % samples);

    let state: Readonly<Record<string, ArrayLike<number>>> = initial;
    const losses: number[] = [];
    for (let step = 0; step < steps; step++) {
      const inputs = { rows: rows.subarray(step * batch, (step + 1) * batch) };
      const result = interpret(mlp, { inputs, state });
      losses.push(...result.outputs.loss);
      state = result.state;
    }

    const executable = await backend.compile(mlp);
    for (const [name, data] of Object.entries(initial)) executable.write(name, data);
    const { loss } = await executable.scan(steps, { rows });
    expectClose(loss, losses, tolerances.float32.gradient);
    for (const name of Object.keys(parameters))
      expectClose(await executable.read(name), state[name], tolerances.float32.gradient);
    executable.dispose();
  });

  // One of each kind of kernel: the conformance suite of the printer has all ops
  const ops: readonly OpName[] = ['einsum', 'sum', 'cumsum', 'scatterAdd', 'random', 'patches', 'argMax'];
  it.each(ops)('computes %s as the interpreter does', async (op) => {
    const { program, inputs } = opSamples[op][0];
    const expected = interpret(simplify(program), { inputs, state: {} }).outputs;
    const executable = await backend.compile(program);
    const outputs = await executable.run(inputs);
    expect(Object.keys(outputs)).toEqual(Object.keys(expected));
    for (const name of Object.keys(expected))
      expectClose(outputs[name], expected[name], tolerances.float32.transcendental);
  });
});
