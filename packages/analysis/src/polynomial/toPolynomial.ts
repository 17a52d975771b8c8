import { formatSpec, type Node, topologicalOrder, ValueError } from '@polyneuron/graph';
import type { TracedModel } from '@polyneuron/trainer';
import { elementCount, elementNames, layerOf, type Subject, traceSubject } from '../subject.js';
import { NotPolynomialError, PolynomialSizeError } from './errors.js';
import { interpretPolynomials } from './interpretPolynomials.js';
import { compareTerms, type Polynomial } from './polynomial.js';
import { degreeOf, type Element } from './ring.js';

export interface ToPolynomialOptions {
  /** Names of the elements of one sample, all inputs in order. default x0, x1, ... */
  readonly variables?: readonly string[];
  /** Terms with |coefficient| up to this are left out at the end. default 0: those that cancel exactly */
  readonly tolerance?: number;
  /** Largest degree of any step. default 64 */
  readonly maxDegree?: number;
  /** Largest number of terms of one polynomial in any step. default 10000 */
  readonly maxTerms?: number;
  /** Shapes of the inputs without the batch axis, where the model leaves extents free. */
  readonly inputShapes?: readonly (readonly number[])[];
}

/** Variable numbers are UTF-16 code units in a monomial. */
const variableLimit = 2 ** 16;

/**
 * The polynomials that a model or a layer computes, one per element of its outputs, row-major, all outputs in order.
 *
 * The graph of the model in inference is interpreted on polynomials instead of numbers, so any stack of layers whose
 * ops add, multiply, sum and move is read, whatever the layers: dense, cross, quadratic, CCP, Taylor, factorization
 * machines, convolutions. Coefficients are exact for the model's float32 weights up to the rounding of float64.
 *
 * Shapes   inputs [1, ...] with n elements in total, outputs [1, ...] with m → m polynomials in n variables
 * Cost     the terms of all products: a dense quadratic form of n variables has (n + 1)(n + 2) / 2 terms, degree d
 *          has (n + d)! / (n! d!)
 * Numerics terms that cancel in exact arithmetic may leave 1e-17 of the largest coefficient: `tolerance` drops them
 * Throws   NotPolynomialError with node and layer where an op leaves the ring: tanh, a division by a variable, dropout
 *          while it draws; PolynomialSizeError where degree or number of terms pass a limit; UnsupportedModelError for
 *          layers without a record; ProgramError for a layer that is not part of a model; ShapeError on names that do
 *          not fit; ValueError on limits that are none
 *
 * @example
 * const [y] = await toPolynomial(model);
 * printPolynomial(y, { digits: 3, tolerance: 1e-3 }); // => 'x0^2 + x0 x1 + x1 x2 + x2^2'
 */
export async function toPolynomial(
  subject: Subject,
  options: ToPolynomialOptions = {},
): Promise<readonly Polynomial[]> {
  const { tolerance = 0, maxDegree = 64, maxTerms = 10_000, inputShapes } = options;
  requireAtLeast('tolerance', tolerance, 0);
  requireAtLeast('maxDegree', maxDegree, 1);
  requireAtLeast('maxTerms', maxTerms, 1);
  const { traced, state } = await traceSubject(subject, { batch: 1, ...(inputShapes && { inputShapes }) });
  const count = elementCount(traced.inputs);
  if (count > variableLimit) {
    throw new ValueError({
      subject: 'toPolynomial',
      expected: `at most ${variableLimit} variables`,
      received: `${count} elements of a sample`,
      fix: 'read a model with smaller inputs',
    });
  }
  const variables = elementNames('toPolynomial', count, options.variables);
  const limits = { maxDegree, maxTerms };
  const leave = (node: Node, operands: readonly (readonly Element[])[]): never => {
    throw new NotPolynomialError({ received: describeLeave(node, operands), ...placeOf(traced, node) });
  };
  const drawing = topologicalOrder(traced.outputs).find(({ op }) => op === 'random');
  if (drawing) leave(drawing, []);
  const elements = interpretPolynomials(traced.outputs, {
    variables: traced.inputs,
    state,
    limits,
    leave,
    exceed: (node, limit) => {
      throw new PolynomialSizeError({ limit, value: limits[limit], ...placeOf(traced, node) });
    },
  });
  return elements.flat().map((element) => polynomialOf(element, variables, tolerance));
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

function placeOf(traced: TracedModel, node: Node): { node: string; layer: string } {
  return { node: `${node.op} : ${formatSpec(node)}`, layer: layerOf(traced, node) ?? 'none' };
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
