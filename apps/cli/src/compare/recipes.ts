import { lookUp } from '../closestName.js';
import { UsageError } from '../errors.js';

/**
 * A family of models of one kind, from small to large, in the grammar of `--layers`. `{size}` is the one number that a
 * budget decides, `{output}` the layer that gives what the task asks for.
 */
export interface Recipe {
  readonly name: string;
  readonly layers: string;
  /** What `{size}` counts. */
  readonly sizeName: string;
  /** Least size that its layers take. */
  readonly smallest: number;
}

const recipe = (name: string, layers: string, sizeName: string, smallest = 1): Recipe => ({
  name,
  layers,
  sizeName,
  smallest,
});

const both = 'units of both layers';

/**
 * Contenders that go by a name. Every one ends in the same output layer; what stands before it is its own. A single layer of
 * functions on edges is a sum of functions of one input each, so those come in twos.
 */
export const recipes: readonly Recipe[] = [
  recipe('linear', '{output}', 'nothing'),
  recipe('dense', 'dense:{size}:relu,dense:{size}:relu,{output}', 'units of both hidden layers'),
  recipe('quadDense', 'quadDense:{size}:relu,{output}', 'units'),
  recipe('quadDenseDeep', 'quadDense:{size}:relu,quadDense:{size}:relu,{output}', both),
  recipe('crossNetwork', 'crossNetwork:numLayers={size},{output}', 'cross layers'),
  recipe(
    'crossNetworkLowRank',
    'crossNetwork:mode=lowRank:projectionDim={size},{output}',
    'rank of three cross layers',
  ),
  recipe('polynomialNetwork', 'polynomialNetwork:{size}:rank={size},{output}', 'units, and rank'),
  recipe('taylor', 'dense:{size},taylor:mode=collapsed,{output}', 'series'),
  recipe('chebyshev', 'orthogonalPolynomial:{size},orthogonalPolynomial:{size},{output}', both),
  recipe(
    'legendre',
    'orthogonalPolynomial:{size}:basis=legendre,orthogonalPolynomial:{size}:basis=legendre,{output}',
    both,
  ),
  recipe(
    'fourier',
    'orthogonalPolynomial:{size}:basis=fourier,orthogonalPolynomial:{size}:basis=fourier,{output}',
    both,
  ),
  recipe('splineKan', 'splineKan:{size},splineKan:{size},{output}', both),
  // Its layer norm makes one feature 0
  recipe('rbfKan', 'rbfKan:{size},rbfKan:{size},{output}', both, 2),
  recipe('glu', 'glu:{size},glu:{size},{output}', both),
  recipe('hyperDense', 'hyperDense:{size},{output}', 'units'),
  recipe('factorizationMachine', 'factorizationMachine:{size}:units={size},{output}', 'factors, and units'),
];

/**
 * The contenders of a list: names of recipes, or `name=layers` with a text of one's own. `name=` may be left out where the
 * text stands for itself. Entries are separated by semicolons, or by commas when all are names.
 *
 * Throws   UsageError on an unknown name, and on layers without {output}
 *
 * @example
 * parseContenders('dense;deep=dense:{size}:tanh,quadDense:{size},{output}')
 */
export function parseContenders(text: string): Recipe[] {
  const entries = text.split(text.includes(';') || text.includes('{') ? ';' : ',').map((part) => part.trim());
  return entries.filter((entry) => entry !== '').map(parseContender);
}

function parseContender(entry: string): Recipe {
  const own = /^([\w-]+)=(.*\{output\}.*)$/.exec(entry);
  if (own) return recipe(own[1] as string, own[2] as string, 'size');
  if (entry.includes('{output}')) return recipe(entry, entry, 'size');
  if (/[=:,]/.test(entry)) {
    throw new UsageError({
      subject: '--contenders',
      expected: 'layers that end in {output}, the layer that the task asks for',
      received: `'${entry}'`,
      fix: `write '${entry},{output}', and {size} where the budget decides; semicolons between contenders`,
    });
  }
  const table = Object.fromEntries(recipes.map((one) => [one.name, one]));
  return lookUp(table, entry, { subject: '--contenders', kind: 'contender' });
}

/** The layers of a recipe at a size. */
export function layersAt({ layers }: Recipe, size: number, output: string): string {
  return layers.replaceAll('{size}', String(size)).replaceAll('{output}', output);
}

/** Whether a budget has anything to decide. */
export const hasSize = ({ layers }: Recipe): boolean => layers.includes('{size}');
