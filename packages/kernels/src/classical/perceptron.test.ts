import { interpret, verify } from '@polyneuron/graph';
import { testRandom } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { fitPerceptron } from './fitPerceptron.js';
import { perceptronProgram, perceptronStep } from './perceptron.js';

const corners = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

/** Samples with |w·x + b| / |(w, b)| >= margin, and the bound (R / γ)² on mistakes. */
function separable(seed: number, count: number, margin: number) {
  const random = testRandom(seed);
  const normal = random.normals(3);
  const length = Math.hypot(...normal);
  const side = (sample: readonly number[]) =>
    (normal[0] * sample[0] + normal[1] * sample[1] + normal[2]) / length;
  const x: number[][] = [];
  while (x.length < count) {
    const sample = Array.from(random.uniforms(2, -2, 2));
    if (Math.abs(side(sample)) >= margin) x.push(sample);
  }
  const radius = Math.max(...x.map((sample) => Math.hypot(...sample, 1)));
  const gamma = Math.min(...x.map((sample) => Math.abs(side(sample))));
  return { x, y: x.map((sample) => Number(side(sample) >= 0)), bound: (radius / gamma) ** 2 };
}

describe('perceptron', () => {
  it("classifies as the document's weights do, and counts the border as 1", () => {
    const inputs = { x: [0, 0, 1, 0, 0.5, 0, 0, 1], weights: [1, 0.5], bias: [-0.5] };
    const { outputs } = interpret(perceptronProgram(4, 2), { inputs });
    expect(Array.from(outputs.y)).toEqual([0, 1, 1, 1]);
  });

  it('implements NOT with the weight -1 and the bias 0.5, the exercise of the document', () => {
    const inputs = { x: [0, 1], weights: [-1], bias: [0.5] };
    expect(Array.from(interpret(perceptronProgram(2, 1), { inputs }).outputs.y)).toEqual([1, 0]);
  });

  it('moves towards a missed sample and stays at a right one', () => {
    const program = perceptronStep(2, 0.5);
    verify(program);
    const state = { weights: [0, 0], bias: [0] };
    const missed = interpret(program, { inputs: { x: [2, 4], y: [0] }, state });
    expect(Array.from(missed.state.weights)).toEqual([-1, -2]);
    expect(Array.from(missed.state.bias)).toEqual([-0.5]);
    expect(Array.from(missed.outputs.prediction)).toEqual([1]);
    expect(Array.from(missed.outputs.mistakes)).toEqual([1]);
    const right = interpret(program, { inputs: { x: [2, 4], y: [1] }, state });
    expect(Array.from(right.state.weights)).toEqual([0, 0]);
    expect(Array.from(right.outputs.mistakes)).toEqual([0]);
  });
});

describe('fitPerceptron', () => {
  it.each([
    ['AND', [0, 0, 0, 1]],
    ['OR', [0, 1, 1, 1]],
    ['NOR', [1, 0, 0, 0]],
    ['NAND', [1, 1, 1, 0]],
  ])('learns %s', (_, y) => {
    const { weights, bias, hasConverged } = fitPerceptron(corners, y);
    expect(hasConverged).toBe(true);
    expect(corners.map((x) => Number(x[0] * weights[0] + x[1] * weights[1] + bias >= 0))).toEqual(y);
  });

  it('reports XOR as not converged after maxEpochs, instead of running on', () => {
    const fitted = fitPerceptron(corners, [0, 1, 1, 0], { maxEpochs: 50 });
    expect(fitted.hasConverged).toBe(false);
    expect(fitted.mistakesPerEpoch.length).toBe(50);
    expect(fitted.mistakesPerEpoch.every((mistakes) => mistakes > 0)).toBe(true);
  });

  it.each([1, 2, 3, 4, 5])('makes at most (R / γ)² mistakes on separable data (seed %d)', (seed) => {
    const { x, y, bound } = separable(seed, 60, 0.05);
    const fitted = fitPerceptron(x, y, { maxEpochs: Math.ceil(bound) + 1 });
    expect(fitted.hasConverged).toBe(true);
    expect(fitted.mistakes).toBeLessThanOrEqual(bound);
    expect(fitted.mistakes).toBe(fitted.mistakesPerEpoch.reduce((a, b) => a + b, 0));
  });

  it('makes the same mistakes at any learning rate', () => {
    const { x, y } = separable(7, 40, 0.05);
    const runs = [1, 0.5, 8].map((learningRate) => fitPerceptron(x, y, { learningRate }));
    expect(runs[1].mistakesPerEpoch).toEqual(runs[0].mistakesPerEpoch);
    expect(runs[2].mistakesPerEpoch).toEqual(runs[0].mistakesPerEpoch);
  });

  it('follows the program, sample by sample', () => {
    const { x, y } = separable(3, 12, 0.1);
    const program = perceptronStep(2, 0.5);
    let state: Readonly<Record<string, ArrayLike<number>>> = { weights: [0, 0], bias: [0] };
    let mistakes = 0;
    x.forEach((sample, at) => {
      const result = interpret(program, { inputs: { x: sample, y: [y[at]] }, state });
      mistakes += result.outputs.mistakes[0];
      state = result.state;
    });
    const fitted = fitPerceptron(x, y, { learningRate: 0.5, maxEpochs: 1 });
    expect(Array.from(state.weights)).toEqual(Array.from(fitted.weights));
    expect(Array.from(state.bias)).toEqual([fitted.bias]);
    expect(mistakes).toBe(fitted.mistakes);
  });

  it('takes no sample and one sample', () => {
    expect(fitPerceptron([], [])).toMatchObject({ hasConverged: true, mistakes: 0 });
    expect(fitPerceptron([[3]], [0])).toMatchObject({ hasConverged: true, mistakes: 1 });
  });

  it('rejects ragged samples, missing labels, other labels, NaN and bad options', () => {
    expect(() => fitPerceptron([[1, 2], [3]], [0, 1])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: fitPerceptron expected samples of one length and one label per sample, got 1 features in sample 1, 2 in sample 0.

      Fix: pass x as rows of equal length, and y as long as x]
    `);
    expect(() => fitPerceptron([[1], [3]], [0])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: fitPerceptron expected samples of one length and one label per sample, got 2 samples and 1 labels.

      Fix: pass x as rows of equal length, and y as long as x]
    `);
    expect(() => fitPerceptron([[1], [3]], [-1, 1])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: fitPerceptron expected labels 0 and 1, got -1.

      Fix: map the two classes to 0 and 1]
    `);
    expect(() => fitPerceptron([[1], [Number.NaN]], [0, 1])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: fitPerceptron expected finite features, got [NaN] in sample 1.

      Fix: remove or repair the sample]
    `);
    expect(() => fitPerceptron([[1]], [0], { learningRate: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: fitPerceptron expected a finite learningRate above 0 and a whole number of maxEpochs of at least 1, got learningRate 0 and maxEpochs 1000.

      Fix: leave them out for 1 and 1000]
    `);
    expect(() => fitPerceptron([[1]], [0], { maxEpochs: 0.5 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: fitPerceptron expected a finite learningRate above 0 and a whole number of maxEpochs of at least 1, got learningRate 1 and maxEpochs 0.5.

      Fix: leave them out for 1 and 1000]
    `);
  });
});
