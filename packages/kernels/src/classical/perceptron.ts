/** @file Rosenblatt's perceptron: the classifier, and its learning rule as a program. */
import {
  add,
  cast,
  defineProgram,
  greaterEqual,
  input,
  mul,
  type Node,
  type Program,
  programOf,
  reshape,
  sub,
  sum,
} from '@polyneuron/graph';

/**
 * 1 on one side of a hyperplane, 0 on the other.
 *
 * ŷ = [x · w + b >= 0]
 *
 * Shapes   x [B, n], weights [n], bias [] → float32 [B], 0 or 1
 * Source   Rosenblatt 1958; seed 004
 */
export function perceptron(x: Node, weights: Node, bias: Node): Node {
  return cast(greaterEqual(add(sum(mul(x, weights), -1), bias), 0), 'float32');
}

/** The classifier as a program: inputs x [batch, n], weights [n] and bias []; output y [batch]. */
export function perceptronProgram(batch: number, n: number): Program {
  const x = input('x', { shape: [batch, n], dtype: 'float32' });
  const weights = input('weights', { shape: [n], dtype: 'float32' });
  const bias = input('bias', { shape: [], dtype: 'float32' });
  return programOf('perceptron', { y: perceptron(x, weights, bias) });
}

/**
 * The learning rule on one sample; a scan over the samples is one epoch.
 *
 * w ← w + η (y - ŷ) x,   b ← b + η (y - ŷ)
 *
 * Inputs   x [1, n], y [1] (0 or 1)
 * State    weights [n], bias []
 * Outputs  prediction [1], before the update; mistakes [], 0 or 1
 * Source   Rosenblatt 1958
 */
export function perceptronStep(n: number, learningRate = 1): Program {
  return defineProgram({
    name: 'perceptronStep',
    inputs: { x: { shape: [1, n], dtype: 'float32' }, y: { shape: [1], dtype: 'float32' } },
    state: { weights: { shape: [n], dtype: 'float32' }, bias: { shape: [], dtype: 'float32' } },
    build({ inputs: { x, y }, state: { weights, bias } }) {
      const prediction = perceptron(x, weights, bias);
      const error = reshape(sub(y, prediction), []);
      const step = mul(error, learningRate);
      return {
        outputs: { prediction, mistakes: mul(error, error) },
        updates: { weights: add(weights, mul(reshape(x, [n]), step)), bias: add(bias, step) },
      };
    },
  });
}
