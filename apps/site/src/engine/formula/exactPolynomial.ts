import {
  graphPolynomials,
  NotPolynomialError,
  type Polynomial,
  PolynomialSizeError,
} from '@polyneuron/analysis';
import { add, constant, div, input, mul, type Node, state, sub } from '@polyneuron/graph';
import type { DataSet } from '../data/dataSet.js';
import { applyNetwork, type Network, type Weights } from '../network/buildNetwork.js';

/** Beyond these a formula is no longer read by anyone, and its powers no longer say what float64 computes. */
const highestDegree = 16;
const mostTerms = 200;

/**
 * The network's one output as a polynomial of the shown inputs, in the target's own units; undefined where it is none, or
 * one too long to read.
 */
export function exactPolynomial(
  network: Network,
  weights: Weights,
  names: readonly string[],
  { inputScales, targetScale }: Pick<DataSet, 'inputScales' | 'targetScale'>,
): Polynomial | undefined {
  if (network.degree === undefined || network.degree > highestDegree) return undefined;
  const shown = input('shown', { shape: [1, network.inputs], dtype: 'float32' });
  const centers = constant(
    inputScales.map(({ center }) => center),
    [1, network.inputs],
  );
  const halves = constant(
    inputScales.map(({ half }) => half),
    [1, network.inputs],
  );
  const leaves = Object.fromEntries(
    network.places.map(({ name, shape }) => [name, state(name, { shape, dtype: 'float32' })]),
  );
  const seen = div(sub(shown, centers), halves);
  const output = applyNetwork(network, seen, leaves, false).at(-1) as Node;
  const inUnits = add(mul(output, targetScale.half), targetScale.center);
  try {
    const [polynomial] = graphPolynomials([inUnits], {
      variables: [shown],
      names,
      state: weights,
      maxDegree: highestDegree,
      maxTerms: mostTerms,
    });
    return polynomial;
  } catch (error) {
    if (error instanceof NotPolynomialError || error instanceof PolynomialSizeError) return undefined;
    throw error;
  }
}
