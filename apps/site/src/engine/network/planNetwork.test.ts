import { describe, expect, it } from 'vitest';
import { layersOf } from '../testing/layersOf.js';
import { buildNetwork } from './buildNetwork.js';
import { planNetwork } from './planNetwork.js';

const widths = { inputs: 2, outputs: 1 };
const built = (text: string) => buildNetwork(planNetwork(layersOf(text), widths), widths.inputs);

describe('planNetwork', () => {
  it.each([
    ['q1', ['quadraticForm'], 6, 2],
    ['q1r1', ['quadraticForm'], 6, 2],
    ['q4t.q4t', ['quadraticForm', 'quadraticForm', 'dense'], 89, undefined],
    ['d2t', ['dense', 'dense'], 9, undefined],
    ['d1t', ['dense', 'dense'], 5, undefined],
    ['x1', ['crossNetwork', 'dense'], 9, 2],
    ['x1d2t', ['crossNetwork', 'activation', 'dense'], 15, undefined],
    ['h1', ['hyperDense'], 9, 2],
    ['h1w4', ['hyperDense'], 27, undefined],
    ['t1d3', ['taylor'], 7, 3],
    ['c1d5', ['orthogonalPolynomial'], 11, 5],
    ['c2.c1', ['orthogonalPolynomial', 'orthogonalPolynomial'], 27, undefined],
    ['f1r3', ['factorizationMachine'], 9, 2],
    ['q2.q1', ['quadraticForm', 'quadraticForm'], 18, 4],
  ] as const)('makes %s of %j with %i parameters', (text, layers, parameters, degree) => {
    const network = built(text);
    expect(network.layers.map(({ spec }) => spec.name)).toEqual(layers);
    expect([network.parameters, network.degree]).toEqual([parameters, degree]);
  });

  it('says where each weight stands', () => {
    expect(built('q1').places).toEqual([
      { name: 'layer0/kernelS', layer: 0, shape: [3, 1], offset: 0, count: 3 },
      { name: 'layer0/kernelL', layer: 0, shape: [2, 1], offset: 3, count: 2 },
      { name: 'layer0/biasL', layer: 0, shape: [1], offset: 5, count: 1 },
    ]);
  });
});
