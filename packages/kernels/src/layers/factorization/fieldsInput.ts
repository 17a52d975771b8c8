import { type Shape, ShapeError } from '@polyneuron/graph';
import { formatBatched, singleInput } from '../checks.js';

/** One application of a field layer sees `fields` vectors of `dimension` numbers. */
export interface FieldsShape {
  /** Axes between the batch and the fields. */
  readonly leading: Shape;
  /** F */
  readonly fields: number;
  /** D */
  readonly dimension: number;
  /** F (F - 1) / 2 */
  readonly pairs: number;
}

/**
 * Reads the shape of the one input [..., F, D] of a field layer.
 *
 * Throws   ShapeError unless there is one input of rank >= 3 with at least `minimumFields` fields of dimension >= 1
 */
export function fieldsInput(layer: string, inputShapes: readonly Shape[], minimumFields = 1): FieldsShape {
  const shape = singleInput(layer, inputShapes, 2);
  const [fields, dimension] = shape.slice(-2);
  if (fields >= minimumFields && dimension >= 1)
    return { leading: shape.slice(0, -2), fields, dimension, pairs: (fields * (fields - 1)) / 2 };
  throw new ShapeError({
    subject: layer,
    expected: `${minimumFields} or more fields of dimension 1 or more, as [batch, ..., fields, dimension]`,
    received: formatBatched(shape),
    fix: 'stack one embedding per field along the axis before the last',
  });
}
