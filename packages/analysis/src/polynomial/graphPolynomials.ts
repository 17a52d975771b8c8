import { formatSpec, type Node, sizeOf, topologicalOrder, ValueError, type Values } from '@polyneuron/graph';
import { NotPolynomialError, PolynomialSizeError } from './errors.js';
import { interpretPolynomials } from './interpretPolynomials.js';
import { compareTerms, type Polynomial } from './polynomial.js';
import { degreeOf, type Element } from './ring.js';

/** Limits of what is read, and what is left out of the result. */
export interface PolynomialLimits {
  /** Terms with |coefficient| up to this are left out at the end. default 0: those that cancel exactly */
  readonly tolerance?: number;
  /** Largest degree of any step. default 64 */
  readonly maxDegree?: number;
  /** Largest number of terms of one polynomial in any step. default 10000 */
  readonly maxTerms?: number;
}

export interface GraphPolynomialsOptions extends PolynomialLimits {
  /** Nodes whose elements are the variables, in order. */
  readonly variables: readonly Node[];
  /** Names of the variables. */
  readonly names: readonly string[];
  /** Values of the other leaves. */
  readonly state?: Values;
  readonly inputs?: Values;
  /** For errors: the layer that a node is part of. default 'none' for all */
  readonly layerOf?: (node: Node) => string;
}

/**
 * The polynomials that nodes of a graph are in the elements of other nodes, one per element, row-major, in order.
 *
 * What `toPolynomial` does to a tfjs model, for graphs of one's own: without tfjs.
 *
 * Numerics float64, exact for the values of the leaves up to rounding
 * Throws   NotPolynomialError with the node where an op leaves the ring; PolynomialSizeError where degree or number of
 *          terms pass a limit; ValueError unless every element of the variables has one name, and on limits that are none
 *
 * @example
 * const x = input('x', { shape: [2], dtype: 'float32' });
 * graphPolynomials([sum(square(x))], { variables: [x], names: ['a', 'b'] }) // a² + b²
 */
export function graphPolynomials(
  outputs: readonly Node[],
  {
    variables,
    names,
    state = {},
    inputs = {},
    tolerance = 0,
    maxDegree = 64,
    maxTerms = 10_000,
    layerOf = () => 'none',
  }: GraphPolynomialsOptions,
): readonly Polynomial[] {
  requireAtLeast('tolerance', tolerance, 0);
  requireAtLeast('maxDegree', maxDegree, 1);
  requireAtLeast('maxTerms', maxTerms, 1);
  const elements = variables.reduce((count, { shape }) => count + sizeOf(shape), 0);
  if (elements !== names.length) {
    throw new ValueError({
      subject: 'graphPolynomials',
      expected: `one name for each of the ${elements} elements of the variables`,
      received: String(names.length),
      fix: 'name them row by row, all variables in order',
    });
  }
  const limits = { maxDegree, maxTerms };
  const placeOf = (node: Node) => ({ node: `${node.op} : ${formatSpec(node)}`, layer: layerOf(node) });
  const leave = (node: Node, operands: readonly (readonly Element[])[]): never => {
    throw new NotPolynomialError({ received: describeLeave(node, operands), ...placeOf(node) });
  };
  const drawing = topologicalOrder(outputs).find(({ op }) => op === 'random');
  if (drawing) leave(drawing, []);
  const results = interpretPolynomials(outputs, {
    variables,
    state,
    inputs,
    limits,
    leave,
    exceed: (node, limit) => {
      throw new PolynomialSizeError({ limit, value: limits[limit], ...placeOf(node) });
    },
  });
  return results.flat().map((element) => polynomialOf(element, names, tolerance));
}

function polynomialOf(element: Element, variables: readonly string[], tolerance: number): Polynomial {
  const entries = typeof element === 'number' ? [['', element] as const] : [...element];
  const terms = entries
    .filter(([, coefficient]) => coefficient !== 0 && !(Math.abs(coefficient) <= tolerance))
    .map(([monomial, coefficient]) => {
      const exponents = new Array<number>(variables.length).fill(0);
      for (let at = 0; at < monomial.length; at++) exponents[monomial.charCodeAt(at)] += 1;
      return { coefficient, exponents };
    });
  return { variables, terms: terms.sort(compareTerms) };
}

function describeLeave({ op }: Node, operands: readonly (readonly Element[])[]): string {
  if (op === 'random') return 'random numbers, which are others at every call';
  const degrees = operands.flat().map(degreeOf);
  const degree = Math.max(0, ...degrees);
  if (op === 'div') return `a division by a polynomial of degree ${degreeOf(operands[1]?.[0] ?? 0)}`;
  if (op === 'gather' || op === 'scatterAdd') return `${op} at indices that depend on the inputs`;
  if (op === 'select') return 'a choice that depends on the inputs';
  return `${op} of a polynomial of degree ${degree}`;
}

function requireAtLeast(option: string, value: number, least: number): void {
  if (value >= least) return;
  throw new ValueError({
    subject: 'toPolynomial',
    expected: `${option} to be a number of at least ${least}`,
    received: String(value),
    fix: 'leave it out for the default',
  });
}
