import { createReferenceBackend } from '@polyneuron/backend';
import { interpret, programOf, sizeOf, state, verify } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { type MatMulTask, matMulForms, type TrainingTask } from '../cases/benchCase.js';
import { benchCases } from '../cases/selectCases.js';
import type { Workload } from '../contenders/contender.js';
import { programContender } from '../contenders/programContender.js';
import { maxErrorOf } from '../runner/parity.js';
import type { OpenedCase } from './caseProgram.js';
import { counterName } from './counter.js';
import { multiply } from './matMulCaseProgram.js';
import { openCase } from './openCase.js';
import { residentProgram } from './residentProgram.js';

const smallTask: TrainingTask = {
  kind: 'training',
  layers: [
    { layer: 'conv2d', config: { filters: 2, kernelSize: 2, activation: 'tanh' } },
    { layer: 'maxPool2d', config: {} },
    { layer: 'flatten', config: {} },
    { layer: 'taylor', config: {} },
    { layer: 'quadDense', config: { units: 3, start: 'document' } },
    { layer: 'dense', config: { units: 2, activation: 'softmax' } },
  ],
  loss: 'categoricalCrossentropy',
  optimizer: { name: 'adam', learningRate: 0.01 },
  batch: 6,
  distinctSamples: 2,
  data: () => ({
    samples: 14,
    x: Float32Array.from(testRandom(1).normals(14 * 5 * 5)),
    xShape: [14, 5, 5, 1],
    y: Float32Array.from({ length: 28 }, (_, at) => (at % 4 === 0 || at % 4 === 3 ? 1 : 0)),
    yShape: [14, 2],
  }),
};

/** The float64 interpreter as a contender: it must agree with the reference of a case almost exactly. */
async function runInFloat64(opened: OpenedCase): Promise<Workload> {
  const spec = programContender({ name: 'reference', open: async () => createReferenceBackend() });
  const { contenders } = await spec.open();
  return (await contenders[0].prepare(opened)) as Workload;
}

describe('openCase', () => {
  it.each(benchCases.map((one) => [one.name, one] as const))('builds %s', (_, benchCase) => {
    const { program, flops, state: values, inputs, check } = openCase(benchCase);
    verify(program);
    expect(flops).toBeGreaterThanOrEqual(0);
    for (const [name, data] of Object.entries(values))
      expect([name, data.length]).toEqual([name, sizeOf(program.state[name].shape)]);
    expect(check.names.length).toBeGreaterThan(0);
    const results = { ...program.updates, ...program.outputs };
    for (const name of check.names) expect(results).toHaveProperty([name]);
    for (const [name, { shape }] of Object.entries(program.inputs)) {
      expect(inputs(3)[name].length).toBe(3 * sizeOf(shape));
      expect(check.inputs[name].length).toBe(check.runs * sizeOf(shape));
    }
  });

  it.each([
    'cross',
    'lift',
    'gemm-64-nt',
    'layer-taylor-gradient',
    'layer-affine-forward',
    'predict-cross-32',
    'start-cross',
    'scaling-quadDense-width-8',
  ])('gives %s the reference that the whole program has in float64', async (name) => {
    const opened = openCase(benchCases.find((one) => one.name === name) as (typeof benchCases)[number]);
    const workload = await runInFloat64(opened);
    // Both are float64; only the order of sums differs, by less than 1e-10 of what moved
    expect(maxErrorOf(await workload.check(), opened.check.reference())).toBeLessThan(1e-9);
  });
});

describe('trainingCaseProgram', () => {
  it('checks a batch of repeated samples against the distinct ones alone', async () => {
    const opened = openCase({ name: 'small', task: smallTask });
    expect([...opened.check.inputs.rows]).toEqual([0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3]);
    const workload = await runInFloat64(opened);
    expect(maxErrorOf(await workload.check(), opened.check.reference())).toBeLessThan(1e-9);
  });

  it('feeds whole batches in file order and starts over', () => {
    const { inputs } = openCase({ name: 'small', task: smallTask });
    // 14 samples hold two batches of 6
    const twice = [...Array(12).keys()];
    expect([...inputs(1).rows]).toEqual(twice.slice(0, 6));
    expect([...inputs(5).rows]).toEqual([...twice, ...twice, ...twice.slice(0, 6)]);
    expect([...inputs(2).rows]).toEqual(twice);
  });

  it('notices a step without a gradient, or with one that is a hundredth too long', () => {
    const { check, state: initial } = openCase({
      name: 'small',
      task: { ...smallTask, optimizer: { name: 'sgd', learningRate: 0.01 } },
    });
    const reference = check.reference();
    const scaled = (factor: number) =>
      Object.fromEntries(
        check.names.map((name) => [
          name,
          reference[name].values.map((value, at) => initial[name][at] + factor * (value - initial[name][at])),
        ]),
      );
    expect(maxErrorOf(scaled(1), reference)).toBeLessThan(check.tolerance);
    expect(maxErrorOf(scaled(0), reference)).toBeGreaterThan(check.tolerance);
    expect(maxErrorOf(scaled(1.01), reference)).toBeGreaterThan(check.tolerance);
  });

  it('counts the flops of the products that a step cannot do without', () => {
    const { flops } = openCase(benchCases[0]);
    // mnist-mlp: forward and weight gradients of 784·64 + 64·64 + 64·10, and input gradients of the upper two
    const products = 2 * 64 * (2 * (784 * 64 + 64 * 64 + 64 * 10) + 64 * 64 + 64 * 10);
    expect(flops).toBeGreaterThan(products);
    expect(flops).toBeLessThan(1.05 * products);
  });
});

describe('matMulCaseProgram', () => {
  const task = (form: MatMulTask['form']): MatMulTask => ({ kind: 'matMul', m: 3, n: 5, k: 7, form });

  it.each(matMulForms)('has a reference for %s that equals the interpreter', (form) => {
    const opened = openCase({ name: 'small', task: task(form) });
    const { state: after } = interpret(opened.program, {
      state: { c: new Float64Array(15), [counterName]: [41], ...opened.state },
    });
    const { c } = opened.check.reference();
    expectClose(c.values, after.c, tolerances.float64.contraction(7));
    expect([...after[counterName]]).toEqual([42]);
    expect(opened.flops).toBe(2 * 3 * 5 * 7);
  });

  it('multiplies the hand-worked example', () => {
    const two: MatMulTask = { kind: 'matMul', m: 2, n: 2, k: 2, form: 'nn' };
    const [a, b] = [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ];
    expect([...multiply(two, a, b)]).toEqual([19, 22, 43, 50]);
    expect([...multiply({ ...two, form: 'nt' }, a, b)]).toEqual([17, 23, 39, 53]);
    expect([...multiply({ ...two, form: 'tn' }, a, b)]).toEqual([26, 30, 38, 44]);
  });
});

describe('residentProgram', () => {
  it('rejects a program that has state', () => {
    const y = state('w', { shape: [], dtype: 'float32' });
    expect(() => residentProgram(programOf('stateful', { y }))).toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: residentProgram of 'stateful' expected a program without state, got w.

      Fix: pass the stateless program of a layer]
    `);
  });
});
