import { ValueError } from '@polyneuron/graph';
import { elementCount, elementNames, layerOf, type Subject, traceSubject } from '../subject.js';
import { graphPolynomials, type PolynomialLimits } from './graphPolynomials.js';
import type { Polynomial } from './polynomial.js';

export interface ToPolynomialOptions extends PolynomialLimits {
  /** Names of the elements of one sample, all inputs in order. default x0, x1, ... */
  readonly variables?: readonly string[];
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
  const { variables, inputShapes, ...limits } = options;
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
  return graphPolynomials(traced.outputs, {
    ...limits,
    variables: traced.inputs,
    names: elementNames('toPolynomial', count, variables),
    state,
    layerOf: (node) => layerOf(traced, node) ?? 'none',
  });
}
