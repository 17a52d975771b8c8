import { evaluatePolynomial } from '@polyneuron/analysis';
import type { Formula } from '../../protocol/messages.js';
import type { DataSet, Scale } from '../data/dataSet.js';
import type { Network, Weights } from '../network/buildNetwork.js';
import type { Pictures } from '../run/pictures.js';
import { chebyshevFit, nodePoints, rangeOf } from './chebyshevFit.js';
import { conicOf } from './conic.js';
import { exactPolynomial } from './exactPolynomial.js';
import { inShownInputs } from './inShownInputs.js';

/** Cells along the side of the grid of the shown square on which formula and network are compared. */
const comparedGrid = 33;

export interface FormulaRequest {
  readonly network: Network;
  readonly weights: Weights;
  readonly pictures: Pictures;
  readonly data: DataSet;
  readonly inputNames: readonly string[];
  readonly extent: number;
}

/**
 * What a network of one output computes, as a polynomial of the shown inputs: exact where it is one, otherwise the
 * polynomial of least degree (8 at most) within 1 % of it on the shown cube. undefined where numbers overflow.
 */
export async function formulaOf(request: FormulaRequest): Promise<Formula | undefined> {
  const { network, weights, inputNames, data } = request;
  const exact = exactPolynomial(network, weights, inputNames, data);
  const { terms, degree } = exact
    ? { terms: exact.terms, degree: network.degree as number }
    : await approximation(request);
  const gap = await largestGap(request, terms);
  if (!Number.isFinite(gap) || !terms.every(({ coefficient }) => Number.isFinite(coefficient)))
    return undefined;
  const conic = degree === 2 && network.inputs === 2 ? conicOf(terms) : undefined;
  return {
    isExact: exact !== undefined,
    terms,
    degree,
    largestGap: gap,
    ...(conic && { conic }),
  };
}

async function approximation({ network, weights, pictures, extent, data }: FormulaRequest) {
  const values = await pictures.outputsAt(weights, `nodes/${extent}`, () =>
    nodePoints(network.inputs, extent),
  );
  const { degree, terms } = chebyshevFit(values, network.inputs);
  return { degree, terms: inShownInputs(terms, extent, data.inputScales, data.targetScale) };
}

/** max |polynomial - network| on the grid over max - min of the network there, or over its size where it is a constant. */
async function largestGap(
  { network, weights, pictures, extent, data, inputNames }: FormulaRequest,
  terms: Formula['terms'],
): Promise<number> {
  const outputs = await pictures.outputs(weights, comparedGrid, extent);
  const x = pictures.gridPoints(comparedGrid, extent);
  const { center, half } = data.targetScale;
  const polynomial = { variables: inputNames, terms };
  let gap = 0;
  for (let at = 0; at < outputs.length; at++) {
    const point = shownPoint(x.subarray(at * network.inputs, (at + 1) * network.inputs), data.inputScales);
    gap = Math.max(gap, Math.abs(evaluatePolynomial(polynomial, point) - (center + half * outputs[at])));
  }
  const range = half * rangeOf(outputs);
  if (range > 0) return gap / range;
  return gap === 0 ? 0 : gap / Math.abs(center + half * outputs[0]);
}

function shownPoint(seen: Float32Array, scales: readonly Scale[]): number[] {
  return Array.from(seen, (value, axis) => scales[axis].center + scales[axis].half * value);
}
