/** @file Shapes as tfjs has them while a model is put together: with `null` where an extent is not known yet. */
import { type Shape, ShapeError } from '@polyneuron/graph';
import type { Shape as TfjsShape } from '@tensorflow/tfjs-layers';

/** `null` stands for an extent that is not known yet. */
export type OpenShape = readonly (number | null)[];

/** Two extents that no record treats alike by accident; what depends on an unknown extent differs between them. */
const stands = [5, 7] as const;

/**
 * The shape that `rule` gives, with `null` for every extent that depends on an unknown one.
 *
 * Records work on whole numbers; a tfjs model may leave the length of a sequence open.
 */
export function inferOpen(
  shapes: readonly OpenShape[],
  rule: (shapes: readonly Shape[]) => Shape,
): (number | null)[] {
  const [one, other] = stands.map((stand) => rule(fill(shapes, stand)));
  return one.map((extent, axis) => (extent === other[axis] ? extent : null));
}

/**
 * Whole shapes that stand for `shapes` where `depends` gives the same for any value of an unknown extent, as the
 * shapes of weights must.
 *
 * Throws   ShapeError when it does not
 */
export function closeShapes(
  subject: string,
  shapes: readonly OpenShape[],
  depends: (shapes: readonly Shape[]) => unknown,
): Shape[] {
  const [one, other] = stands.map((stand) => fill(shapes, stand));
  if (JSON.stringify(depends(one)) === JSON.stringify(depends(other))) return one;
  throw new ShapeError({
    subject,
    expected: 'input extents that are known where weights depend on them',
    received: shapes.map(formatOpen).join(' and '),
    fix: 'give the whole inputShape',
  });
}

/** A list of shapes, where tfjs passes one shape or several. */
export function shapeList(shape: TfjsShape | TfjsShape[]): OpenShape[] {
  return (Array.isArray(shape[0]) ? shape : [shape]) as OpenShape[];
}

export function withoutBatch(shape: TfjsShape | TfjsShape[]): OpenShape[] {
  return shapeList(shape).map(([, ...rest]) => rest);
}

/** `[batch, ?, 3]` */
export function formatOpen(shape: OpenShape): string {
  return `[batch, ${shape.map((extent) => extent ?? '?').join(', ')}]`;
}

function fill(shapes: readonly OpenShape[], stand: number): Shape[] {
  return shapes.map((shape) => shape.map((extent) => extent ?? stand));
}
