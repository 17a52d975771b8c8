import type { Node, Values } from '@polyneuron/graph';
import { interpretPolynomials } from '../polynomial/interpretPolynomials.js';
import type { Element } from '../polynomial/ring.js';

/** An op had no meaning on polynomials. */
export class LeftRing extends Error {}

/** Elements of all roots in the elements of `variables`, within generous limits. */
export function readElements(
  roots: readonly Node[],
  variables: readonly Node[],
  inputs: Values,
): readonly Element[] {
  return interpretPolynomials(roots, {
    variables,
    state: {},
    inputs,
    limits: { maxDegree: 64, maxTerms: 10_000 },
    leave: (node) => {
      throw new LeftRing(node.op);
    },
    exceed: (node, limit) => {
      throw new Error(`${node.op} exceeds ${limit}`);
    },
  }).flat();
}

/** Value of an element at a point. */
export function valueAt(element: Element, x: readonly number[]): number {
  if (typeof element === 'number') return element;
  let sum = 0;
  for (const [monomial, coefficient] of element)
    sum += Array.from(monomial, (factor) => x[factor.charCodeAt(0)]).reduce((a, b) => a * b, coefficient);
  return sum;
}
