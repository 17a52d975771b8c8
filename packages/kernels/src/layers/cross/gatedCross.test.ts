import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { featureCrossSpec } from './featureCross.js';
import { gatedCrossSpec } from './gatedCross.js';

const [x0, x] = [testRandom(1).normals(3), testRandom(2).normals(3)];
const [kernel, bias] = [testRandom(3).normals(9), testRandom(4).normals(3)];
const zeros = new Float64Array(9);
const inputShapes = [[3], [3]];

function gated(parameters: Record<string, ArrayLike<number>>, inputs: ArrayLike<number>[] = [x0, x]) {
  return runLayer(gatedCrossSpec, { config: {}, inputShapes, inputs, parameters });
}

describe('gatedCross', () => {
  it('computes the hand-worked example', () => {
    // x W + b = 2·3 + 1 = 7, gate σ(2 log 3 / 2) = 3/4: 4 · 7 · 3/4 + 2
    const parameters = { kernel: [3], bias: [1], gateKernel: [Math.log(3) / 2] };
    const y = runLayer(gatedCrossSpec, {
      config: {},
      inputShapes: [[1], [1]],
      inputs: [[4], [2]],
      parameters,
    });
    expectClose(y, [23], tolerances.float64.transcendental);
  });

  it('adds half the product of featureCross while W_g is 0', () => {
    const parameters = { kernel, bias };
    const cross = runLayer(featureCrossSpec, { config: {}, inputShapes, inputs: [x0, x], parameters });
    const expected = cross.map((value, at) => (value - x[at]) / 2 + x[at]);
    expectClose(gated({ kernel, bias, gateKernel: zeros }), expected, tolerances.float64.elementwise);
  });

  it('is the residual where the gate is closed, and featureCross where it is open, without overflow', () => {
    const parameters = { kernel, bias };
    const cross = runLayer(featureCrossSpec, { config: {}, inputShapes, inputs: [x0, x], parameters });
    const signs = (sign: number) => Float64Array.from(zeros, (_, at) => sign * 1e6 * x[Math.floor(at / 3)]);
    expect(gated({ kernel, bias, gateKernel: signs(-1) })).toEqual(Array.from(x));
    expect(gated({ kernel, bias, gateKernel: signs(1) })).toEqual(cross);
  });

  it('defect: FuxiCTR GDCN draws its bias from U(0, 1)', () => {
    expect(createParameters(gatedCrossSpec, {}, [[4]], 1).bias).toEqual(new Float32Array(4));
  });

  it('rejects unlike inputs and an unknown start', () => {
    const run = (config: object, shapes: number[][]) => () =>
      runLayer(gatedCrossSpec, { config, inputShapes: shapes, inputs: [] });
    expect(run({}, [[3], [4]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: gatedCross expected inputs [x0, x] of one shape with rank 2 or more, or one input, got [batch, 3] and [batch, 4].

      Fix: a cross step keeps the number of features: pass x0 and the result of the step before]
    `);
    expect(run({ start: 'open' }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: gatedCross expected start to be one of 'calibrated', 'identity', got 'open'.

      Fix: check the spelling of the value]
    `);
  });
});
