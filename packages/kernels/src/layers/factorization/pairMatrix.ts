import { constant, type Node, reshape, scatterAdd } from '@polyneuron/graph';
import { fieldPairs } from './fieldPairs.js';

/**
 * Weights of pairs [P, ...] as a strictly upper triangular matrix over fields [F, F, ...]: entry (i, j) for i < j, else
 * 0. One scatter of weights, so that sums over pairs become one contraction instead of P gathered products.
 */
export function pairMatrix(weights: Node, fields: number): Node {
  const places = fieldPairs(fields).map(([i, j]) => i * fields + j);
  const flat = scatterAdd(weights, constant(places, [places.length], 'int32'), fields * fields);
  return reshape(flat, [fields, fields, ...weights.shape.slice(1)]);
}
