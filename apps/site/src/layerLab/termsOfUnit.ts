import { graphPolynomials, NotPolynomialError, PolynomialSizeError } from '@polyneuron/analysis';
import { input, nodesOf } from '@polyneuron/graph';
import { inputName } from '@polyneuron/kernels';
import type { Formula } from '../protocol/messages.js';
import type { LayerUnit } from './layerUnit.js';

/** Beyond so many terms a polynomial is no reading. */
const maxTerms = 60;

/**
 * One output of a unit as a polynomial of x1 and x2, read from its graph; undefined where it is none, or has too many
 * terms to be read.
 */
export function termsOfUnit(
  unit: LayerUnit,
  values: ArrayLike<number>,
  output: number,
): Formula['terms'] | undefined {
  const program = unit.programFor(1);
  const leaves = nodesOf(program).filter((node) => node.op === 'input');
  try {
    const polynomials = graphPolynomials([program.outputs.y], {
      variables: unit.inputShapes.map((_, at) => {
        const name = inputName(at);
        // An input that the layer ignores is in no graph
        return leaves.find(({ attributes }) => attributes.name === name) ?? input(name, program.inputs[name]);
      }),
      names: ['x1', 'x2'],
      inputs: unit.bind(new Float64Array(2), values),
      maxTerms,
    });
    return polynomials[output].terms;
  } catch (error) {
    if (error instanceof NotPolynomialError || error instanceof PolynomialSizeError) return undefined;
    throw error;
  }
}
