import { testRandom } from '@polyneuron/testing';
import { it } from 'vitest';
import { createParameters } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { orthogonalPolynomialSpec } from './orthogonalPolynomial.js';
import { polynomialNetworkSpec } from './polynomialNetwork.js';
import { sigmaPiSpec } from './sigmaPi.js';
import { taylorSpec } from './taylor.js';

function depth(spec: any, config: any, n = 64, layers = 8) {
  const batch = 64;
  const rows: number[][] = [];
  for (const seed of [1, 2, 3]) {
    let x = Array.from(testRandom(100 + seed).normals(batch * n));
    const row: number[] = [];
    for (let l = 0; l < layers; l++) {
      const parameters = createParameters(spec, config, [[n]], 10 * seed + l);
      x = runLayer(spec, { config, batch, inputShapes: [[n]], inputs: [x], parameters });
      row.push(x.reduce((s, v) => s + v * v, 0) / x.length);
    }
    rows.push(row);
  }
  return rows[0].map((_, l) => [...rows.map((r) => r[l])].sort((a, b) => a - b)[1].toPrecision(3)).join(' ');
}
it('depth', () => {
  const out: string[] = [];
  const add = (name: string, spec: any, config: any, n = 64) =>
    out.push(`${name} ${JSON.stringify(config)}: ${depth(spec, config, n)}`);
  add('ortho', orthogonalPolynomialSpec, { units: 64 });
  add('ortho', orthogonalPolynomialSpec, { units: 64, basis: 'legendre', normalization: 'layerNorm' });
  add('ortho', orthogonalPolynomialSpec, {
    units: 64,
    basis: 'hermite',
    normalization: 'none',
    orthonormal: true,
    degree: 3,
  });
  add('ortho', orthogonalPolynomialSpec, { units: 64, start: 'linear' });
  add('ortho', orthogonalPolynomialSpec, { units: 64, start: 'reference' });
  for (const degree of [2, 3, 4])
    for (const form of ['ccp', 'ncp', 'ncpSkip'])
      add('pinet', polynomialNetworkSpec, { units: 64, rank: 64, degree, form, start: 'calibrated' });
  for (const form of ['ccp', 'ncp', 'ncpSkip'])
    for (const start of ['linear', 'gated', 'random'])
      add('pinet', polynomialNetworkSpec, { units: 64, rank: 64, form, start });
  for (const degree of [3, 4, 6, 8])
    add('pinet1', polynomialNetworkSpec, { units: 64, rank: 64, degree, start: 'random' });
  add('sigmaPi', sigmaPiSpec, { units: 64, start: 'calibrated' });
  add('sigmaPi', sigmaPiSpec, { units: 64, start: 'linear' });
  add('taylor', taylorSpec, { mode: 'collapsed', coefficientInit: 'randomOverFactorial' });
  add('taylor', taylorSpec, { mode: 'mixing', units: 64, coefficientInit: 'randomOverFactorial' });
  add('taylor', taylorSpec, { mode: 'mixing', units: 64 });
  add('taylor', taylorSpec, { mode: 'mixing', units: 64, coefficientInit: 'calibrated' });
  add('taylor', taylorSpec, { mode: 'collapsed', coefficientInit: 'calibrated' });
  add('taylor', taylorSpec, { coefficientInit: 'calibrated', degree: 5 });
  add('sigmaPi', sigmaPiSpec, { units: 16, order: 3, start: 'calibrated' }, 16);
  add('sigmaPi', sigmaPiSpec, { units: 16, order: 3, allowPowers: true, start: 'calibrated' }, 16);
  console.log(out.join('\n'));
}, 600000);
