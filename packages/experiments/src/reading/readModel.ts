import {
  interactionMatrix,
  NotPolynomialError,
  type Polynomial,
  PolynomialSizeError,
  polynomialDegree,
  printPolynomial,
  type Samples,
  toPolynomial,
} from '@polyneuron/analysis';
import type { Backend } from '@polyneuron/backend';
import type { Sequential } from '@tensorflow/tfjs-layers';
import type { InteractionReading, ModelReading, PolynomialReading, Unread } from './modelReading.js';

export interface ReadModelOptions {
  /** One per feature. */
  readonly names: readonly string[];
  /** Inputs at which second derivatives are taken; needed above degree 2, where they differ from place to place. */
  readonly samples?: Samples;
  readonly backend: Backend;
  /** The model was trained on inputs times this; the reading is in the data's own units. default 1 */
  readonly inputScale?: number;
  /** Terms up to this share of the largest coefficient are not listed. default 0 */
  readonly tolerance?: number;
}

/** Beyond it nobody reads the polynomial, and its products take seconds. */
const maxTerms = 5000;
const maxDegree = 64;
/** Of the largest coefficient, in the printed text. */
const printedShare = 1e-3;
const printedDigits = 4;

/**
 * The polynomial of a trained model of vectors, and the strengths of its pairs of features.
 *
 * With inputScale s the model computes p(s x). In x its coefficients of degree d are s^d, and its second derivatives s²,
 * times those of p.
 *
 * Pitfalls A piecewise linear model has second derivative 0 wherever it has one: its strengths are 0, though its inputs
 *          may act together.
 */
export async function readModel(model: Sequential, options: ReadModelOptions): Promise<ModelReading> {
  return {
    polynomial: await readPolynomial(model, options),
    interactions: await readInteractions(model, options),
  };
}

async function readPolynomial(
  model: Sequential,
  { names, inputScale = 1, tolerance: share = 0 }: ReadModelOptions,
): Promise<PolynomialReading | Unread> {
  let found: Polynomial;
  try {
    [found] = (await toPolynomial(model, { variables: names, maxTerms, maxDegree })) as [Polynomial];
  } catch (error) {
    return { reason: reasonOf(error) };
  }
  const { variables, terms } = rescale(found, inputScale);
  if (terms.some(({ coefficient }) => !Number.isFinite(coefficient)))
    return { reason: 'coefficients that are not finite' };
  const largest = Math.max(0, ...terms.map(({ coefficient }) => Math.abs(coefficient)));
  const tolerance = share * largest;
  const listed = { variables, terms: terms.filter(({ coefficient }) => Math.abs(coefficient) > tolerance) };
  return {
    ...listed,
    text: printPolynomial(listed, { digits: printedDigits, tolerance: printedShare * largest }),
    degree: polynomialDegree(found),
    termCount: terms.length,
    tolerance,
  };
}

function rescale({ variables, terms }: Polynomial, inputScale: number): Polynomial {
  return {
    variables,
    terms: terms.map(({ coefficient, exponents }) => {
      const degree = exponents.reduce((sum, exponent) => sum + exponent, 0);
      return { coefficient: coefficient * inputScale ** degree, exponents };
    }),
  };
}

/** Throws what is not about polynomials. */
function reasonOf(error: unknown): string {
  if (error instanceof NotPolynomialError) return `no polynomial: ${error.received} in ${error.layer}`;
  if (error instanceof PolynomialSizeError)
    return `too large to write down: more than ${maxTerms} terms, or a degree above ${maxDegree}, in ${error.layer}`;
  throw error;
}

async function readInteractions(
  model: Sequential,
  { names, samples, backend, inputScale = 1 }: ReadModelOptions,
): Promise<InteractionReading | Unread> {
  const { values, isInputIndependent } = await interactionMatrix(model, {
    names,
    ...(samples && { samples }),
    backend,
    statistic: 'rms',
    unit: 'element',
  });
  const scaled = values.map((row) => row.map((value) => value * inputScale ** 2));
  if (!scaled.flat().every(Number.isFinite)) return { reason: 'second derivatives that are not finite' };
  return { names, values: scaled, statistic: 'rms', isInputIndependent };
}
