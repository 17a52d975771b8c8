import { interpret, print, verify } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances, vectors } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { hyperDenseSpec } from '../layers/hyper/hyperDense.js';
import { runLayer } from '../layers/testing/runLayer.js';
import { countLiftParameters, createLiftWeights, type LiftWeightName, liftDefaults } from './liftNetwork.js';
import { liftPredict } from './liftPredict.js';
import { liftStep } from './liftStep.js';

interface GoldenRun {
  readonly initial: Record<LiftWeightName, number[]>;
  readonly steps: readonly {
    readonly x: number[];
    readonly y: number[];
    readonly prediction: number[];
    readonly taskLoss: number[];
    readonly taskWeights: number[];
    readonly liftLoss: number[];
    readonly weights: Record<LiftWeightName, number[]>;
  }[];
  readonly probe: { readonly x: number[]; readonly y: number[] };
}

const [golden] = vectors<GoldenRun>('lift');
const bound = tolerances.float64.trainingRun;

/** Zeros for every optimizer entry, and the given weights. */
function initialState(
  weights: Readonly<Record<string, ArrayLike<number>>>,
): Record<string, ArrayLike<number>> {
  const entries = Object.entries(liftStep().state).map(([name, { shape }]) => {
    const size = shape.reduce((product, extent) => product * extent, 1);
    return [name, weights[name] ?? new Float64Array(size)] as const;
  });
  return Object.fromEntries(entries);
}

describe('liftStep', () => {
  it("follows the document's own class, run by Keras in float64, for six samples", () => {
    const program = liftStep();
    verify(program);
    let state: Readonly<Record<string, ArrayLike<number>>> = initialState(golden.initial);
    for (const { x, y, weights, ...expected } of golden.steps) {
      const result = interpret(program, { inputs: { x, y }, state });
      for (const [name, values] of Object.entries(expected)) expectClose(result.outputs[name], values, bound);
      for (const [name, values] of Object.entries(weights)) expectClose(result.state[name], values, bound);
      state = result.state;
    }
    const { outputs } = interpret(liftPredict(4), { inputs: { x: golden.probe.x }, state });
    expectClose(outputs.y, golden.probe.y, bound);
  });

  it('changes every Lift weight that the sample reaches, and keeps the mean square of Task', () => {
    const state = initialState(createLiftWeights(1));
    const result = interpret(liftStep(), { inputs: { x: [1, 2, 3], y: [13] }, state });
    expect(Array.from(result.state.bias2)).not.toEqual(Array.from(state.bias2));
    expect(result.state['optimizer/meanSquare/task'].some((value) => value > 0)).toBe(true);
    expect(Array.from(result.state['optimizer/step'])).toEqual([1]);
  });

  it("differs from 2020's tf.keras in the place of ε alone", () => {
    const outside = liftStep({ optimizer: { epsilonPlacement: 'outside' } });
    expect(print(outside)).not.toBe(print(liftStep()));
    const state = initialState(golden.initial);
    const { x, y, taskWeights } = golden.steps[0];
    const result = interpret(outside, { inputs: { x, y }, state });
    // With s = g² / 10 the steps differ by a share of at most 5 ε / g² + √10 ε / |g|, below 1e-6 for |g| >= 1, of √10 η.
    expectClose(result.outputs.taskWeights, taskWeights, { rtol: 0, atol: 1e-8 });
    expect(Array.from(result.outputs.taskWeights)).not.toEqual(taskWeights);
  });

  it('takes other sizes: two outputs, a deeper Task', () => {
    const program = liftStep({ inputs: 2, hiddenUnits: 4, taskUnits: [3, 3, 2] });
    verify(program);
    expect(program.inputs.y.shape).toEqual([1, 2]);
    expect(program.outputs.taskWeights.shape).toEqual([1, 9 + 12 + 8]);
  });
});

describe('liftConfig', () => {
  it('rejects sizes below 1 and a Task without layers', () => {
    expect(() => liftStep({ inputs: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: lift expected inputs to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(() => liftStep({ taskUnits: [] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: lift expected the number of taskUnits to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(() => liftPredict(1, { taskUnits: [5, -1] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: lift expected every one of taskUnits to be a whole number of at least 1, got -1.

      Fix: pass a whole number from 1 on]
    `);
    expect(() => createLiftWeights(1, { hiddenUnits: 1.5 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: lift expected hiddenUnits to be a whole number of at least 1, got 1.5.

      Fix: pass a whole number from 1 on]
    `);
  });
});

describe('liftPredict', () => {
  it('equals hyperDense with the same weights: one formula, two ways to train it', () => {
    const weights = createLiftWeights(3);
    const x = testRandom(2).uniforms(15, 0, 9);
    const { outputs } = interpret(liftPredict(5), { inputs: { x }, state: weights });
    const y = runLayer(hyperDenseSpec, {
      config: { units: 1, taskHiddenUnits: [5], hiddenUnits: 10 },
      batch: 5,
      inputShapes: [[3]],
      inputs: [x],
      parameters: {
        hiddenKernel: weights.kernel1,
        hiddenBias: weights.bias1,
        emissionKernel: weights.kernel2,
        emissionBias: weights.bias2,
      },
    });
    expect(Array.from(outputs.y)).toEqual(y);
  });

  it('equals a loop over samples that slices the weights as the document does', () => {
    const weights = createLiftWeights(4);
    const x = Array.from(testRandom(6).uniforms(6, 0, 9));
    const { outputs } = interpret(liftPredict(2), { inputs: { x }, state: weights });
    const expected = [x.slice(0, 3), x.slice(3)].map((sample) => documentPrediction(sample, weights));
    expectClose(outputs.y, expected, tolerances.float64.contraction(10));
  });

  it('takes an empty batch', () => {
    const { outputs } = interpret(liftPredict(0), { inputs: { x: [] }, state: createLiftWeights(1) });
    expect(outputs.y.length).toBe(0);
  });
});

describe('Lift weights', () => {
  it('are the 326 of the document', () => {
    expect(countLiftParameters()).toBe(326);
    expect(liftDefaults.taskUnits).toEqual([5, 1]);
  });

  it('start as Keras draws them: Glorot bounds, zero biases, another draw per seed', () => {
    const { kernel1, bias1, kernel2, bias2 } = createLiftWeights(1);
    const largest = (values: Float32Array) => Math.max(...values.map(Math.abs));
    expect(largest(kernel1)).toBeLessThanOrEqual(Math.sqrt(6 / 13));
    expect(largest(kernel2)).toBeLessThanOrEqual(Math.sqrt(6 / 36));
    expect(largest(kernel2)).toBeGreaterThan(0.9 * Math.sqrt(6 / 36));
    expect([...bias1, ...bias2].every((value) => value === 0)).toBe(true);
    expect(createLiftWeights(2).kernel1).not.toEqual(kernel1);
    expect(createLiftWeights(1).kernel1).toEqual(kernel1);
  });
});

const relu = (value: number) => Math.max(0, value);
/** x dotted with column j of a row-major matrix. */
const column = (x: readonly number[], kernel: ArrayLike<number>, columns: number, j: number) =>
  x.reduce((sum, value, i) => sum + value * kernel[i * columns + j], 0);

function documentPrediction(x: readonly number[], w: Readonly<Record<LiftWeightName, Float32Array>>): number {
  const hidden = Array.from(w.bias1, (bias, j) => relu(column(x, w.kernel1, 10, j) + bias));
  const theta = Array.from(w.bias2, (bias, j) => column(hidden, w.kernel2, 26, j) + bias);
  const [kernel, bias] = [theta.slice(0, 15), theta.slice(15, 20)];
  const [outputKernel, outputBias] = [theta.slice(20, 25), theta.slice(25)];
  const task = bias.map((value, j) => relu(column(x, kernel, 5, j) + value));
  return column(task, outputKernel, 1, 0) + outputBias[0];
}
