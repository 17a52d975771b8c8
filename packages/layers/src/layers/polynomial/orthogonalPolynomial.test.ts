import { expectClose, vectors } from '@polyneuron/testing';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { testLayer } from '../../testing/layerSuite.js';
import { tfjsBackends, useBackend } from '../../testing/tfjsBackends.js';
import { OrthogonalPolynomial, orthogonalPolynomial } from './orthogonalPolynomial.js';

testLayer(OrthogonalPolynomial, orthogonalPolynomial as never);

interface Values {
  readonly kind: string;
  readonly basis: 'chebyshev1' | 'legendre';
  readonly degree: number;
  readonly x: number[];
  readonly value: number[];
}

const golden = vectors<Values>('orthogonalPolynomials').filter(
  ({ kind, basis, degree }) =>
    kind === 'values' && (basis === 'chebyshev1' || basis === 'legendre') && degree <= 4,
);

describe.each(tfjsBackends)('OrthogonalPolynomial on tfjs %s', (backend) => {
  it.each(golden)('gives scipy $basis of degree $degree to 1e-6 in float32', async (one) => {
    await useBackend(backend);
    const { basis, degree } = one;
    const layer = orthogonalPolynomial({
      units: 1,
      basis,
      degree,
      normalization: 'none',
      useBias: false,
      inputShape: [1],
    });
    const model = sequential({ layers: [layer] });
    // The weights pick the last function alone
    layer.setWeights(
      layer.getWeights().map((weight, at, all) => {
        const values = new Float32Array(weight.size);
        if (at === all.length - 1) values[weight.size - 1] = 1;
        return tensor(values, weight.shape);
      }),
    );
    const inside = one.x.map((x, at) => [x, one.value[at]]).filter(([x]) => Math.abs(x) <= 1);
    const y = model.predict(tensor(inside.map(([x]) => [x]))) as Tensor;
    const expected = inside.map(([, value]) => value);
    expectClose(y.dataSync(), expected, { rtol: 0, atol: 1e-6 });
    expect(expected.length).toBe(17);
  });
});
