import { expectClose, expectMultilinear, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters } from '../parameters.js';
import { denseSpec } from '../stock/dense.js';
import { runLayer } from '../testing/runLayer.js';
import { type InteractionAggregationConfig, interactionAggregationSpec } from './interactionAggregation.js';

function aggregate(
  config: Partial<InteractionAggregationConfig>,
  inputs: ArrayLike<number>[],
  parameters: object,
): number[] {
  return runLayer(interactionAggregationSpec, {
    config,
    inputShapes: inputs.map(({ length }) => [length]),
    inputs,
    parameters: parameters as Record<string, number[]>,
  });
}

describe('interactionAggregation', () => {
  it('computes the hand-worked example', () => {
    const parameters = { kernelX: [1, 1], kernelY: [2], kernelXY: [3, 4], bias: [5] };
    // 1 + 2 + 2·10 + (3·1 + 4·2)·10 + 5
    expect(aggregate({ units: 1 }, [[1, 2], [10]], parameters)).toEqual([138]);
  });

  it('multiplies heads of one number only: a block-diagonal form', () => {
    const [x, y] = [testRandom(1).normals(4), testRandom(2).normals(6)];
    const rest = { kernelX: testRandom(3).normals(8), kernelY: testRandom(4).normals(12), bias: [1, -1] };
    const heads = testRandom(5).normals(2 * 2 * 3 * 2);
    const full = new Float64Array(4 * 6 * 2);
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 6; j++) {
        const head = Math.floor(i / 2);
        if (head !== Math.floor(j / 3)) continue;
        for (let o = 0; o < 2; o++)
          full[(i * 6 + j) * 2 + o] = heads[((head * 2 + (i % 2)) * 3 + (j % 3)) * 2 + o];
      }
    }
    expectClose(
      aggregate({ units: 2, numHeads: 2 }, [x, y], { ...rest, kernelXY: heads }),
      aggregate({ units: 2 }, [x, y], { ...rest, kernelXY: full }),
      tolerances.float64.contraction(24),
    );
  });

  it('is linear in each input without the linear maps', () => {
    const zeros = { kernelX: [0, 0, 0], kernelY: [0, 0] };
    const config = { units: 1, useBias: false } as const;
    const kernelXY = testRandom(1).normals(6);
    expectMultilinear((x, y) => aggregate(config, [x, y], { ...zeros, kernelXY }), { dimensions: [3, 2] });
  });

  it("starts equal to a dense layer of both inputs with start 'identity'", () => {
    const config = { units: 3, start: 'identity', activation: 'tanh' } as const;
    const { kernelX, kernelY, ...rest } = createParameters(interactionAggregationSpec, config, [[2], [4]], 1);
    const [x, y] = [testRandom(1).normals(2), testRandom(2).normals(4)];
    const dense = runLayer(denseSpec, {
      config: { units: 3, activation: 'tanh' },
      inputShapes: [[6]],
      inputs: [[...x, ...y]],
      parameters: { kernel: [...kernelX, ...kernelY], bias: rest.bias },
    });
    expectClose(
      aggregate(config, [x, y], { kernelX, kernelY, ...rest }),
      dense,
      tolerances.float64.transcendental,
    );
  });

  it('has the one bias of FinalMLP, which the source splits in two', () => {
    const names = Object.keys(createParameters(interactionAggregationSpec, { units: 1 }, [[2], [2]], 1));
    expect(names).toEqual(['kernelX', 'kernelY', 'kernelXY', 'bias']);
  });

  it('rejects one input, unlike leading axes, widths that do not divide, and options out of range', () => {
    const run =
      (config: object, inputShapes: number[][] = [[4], [6]]) =>
      () =>
        runLayer(interactionAggregationSpec, { config: { units: 1, ...config }, inputShapes, inputs: [] });
    expect(run({}, [[4]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: interactionAggregation expected inputs [x, y] of rank 2 or more that differ in the last axis only, got [batch, 4].

      Fix: pass a list of both: [x, y]]
    `);
    expect(run({}, [[2, 4], [6]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: interactionAggregation expected inputs [x, y] of rank 2 or more that differ in the last axis only, got [batch, 2, 4] and [batch, 6].

      Fix: repeat one input along the axes of the other, or flatten both]
    `);
    expect(run({ numHeads: 3 })).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: interactionAggregation expected features that divide into 3 heads, got [batch, 4] and [batch, 6].

      Fix: choose numHeads as a divisor of both widths]
    `);
    expect(run({ numHeads: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: interactionAggregation expected numHeads to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ units: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: interactionAggregation expected units to be a whole number of at least 1, got -1.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ start: 'relinear' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: interactionAggregation expected start to be one of 'calibrated', 'identity', got 'relinear'.

      Fix: check the spelling of the value]
    `);
  });
});
