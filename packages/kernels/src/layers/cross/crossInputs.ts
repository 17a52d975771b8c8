import { type Shape, ShapeError } from '@polyneuron/graph';
import { formatBatched } from '../checks.js';

/** The shape of a cross step's inputs [x0, x], which are alike, or of the one input that stands for both. */
export function crossInputs(layer: string, inputShapes: readonly Shape[]): Shape {
  const [first, second = first] = inputShapes;
  const isAlike =
    inputShapes.length >= 1 && inputShapes.length <= 2 && first.length >= 1 && first.join() === second.join();
  if (isAlike) return first;
  throw new ShapeError({
    subject: layer,
    expected: 'inputs [x0, x] of one shape with rank 2 or more, or one input',
    received: inputShapes.map(formatBatched).join(' and ') || 'none',
    fix: 'a cross step keeps the number of features: pass x0 and the result of the step before',
  });
}

/** The leading axes of two inputs that differ in the last axis only; where `minimum` is 1, one stands for both. */
export function pairedInputs(
  layer: string,
  inputShapes: readonly Shape[],
  [firstName, secondName]: readonly [string, string],
  minimum: 1 | 2,
): Shape {
  const [first, second = first] = inputShapes;
  const leading = first?.slice(0, -1);
  const isFit =
    inputShapes.length >= minimum &&
    inputShapes.length <= 2 &&
    first.length >= 1 &&
    first.length === second.length &&
    leading.join() === second.slice(0, -1).join();
  if (isFit) return leading;
  const both = `[${firstName}, ${secondName}]`;
  throw new ShapeError({
    subject: layer,
    expected: `inputs ${minimum === 1 ? `[${firstName}] or ${both}` : both} of rank 2 or more that differ in the last axis only`,
    received: inputShapes.map(formatBatched).join(' and ') || 'none',
    fix:
      inputShapes.length < minimum
        ? `pass a list of both: ${both}`
        : 'repeat one input along the axes of the other, or flatten both',
  });
}
