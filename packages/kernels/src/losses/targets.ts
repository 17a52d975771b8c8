import { cast, floor, formatSpec, type Node, oneHot, reshape, ShapeError, sizeOf } from '@polyneuron/graph';

/** What tfjs and Keras add and clip with in float32. */
export const epsilon = 1e-7;

/** Targets and predictions of one loss, float32, of one shape with at least one axis after the batch. */
export interface Pair {
  readonly t: Node;
  readonly p: Node;
}

/**
 * Brings targets to float32 and to the shape of the predictions; [B] and [B, 1] stand for each other.
 *
 * Throws   ShapeError when the shapes differ otherwise: they are never stretched
 */
export function pairOf(loss: string, yTrue: Node, yPred: Node): Pair {
  const [batch] = yPred.shape;
  const isColumn = sizeOf(yPred.shape) === batch && yPred.shape.length <= 2;
  const shape = isColumn ? [batch, 1] : yPred.shape;
  const isSame = isColumn
    ? sizeOf(yTrue.shape) === batch && yTrue.shape[0] === batch
    : yTrue.shape.join() === shape.join();
  if (yPred.shape.length === 0 || !isSame) {
    throw new ShapeError({
      subject: loss,
      expected: 'targets of the shape of the predictions, batch axis first',
      received: formatSpec(yTrue),
      details: { yTrue: formatSpec(yTrue), yPred: formatSpec(yPred) },
      fix: 'make the last layer as wide as the targets, or encode the targets to its width',
    });
  }
  return { t: reshape(cast(yTrue, 'float32'), shape), p: reshape(yPred, shape) };
}

/**
 * One-hot targets, float32, from class indices of any dtype: yPred [B, ..., C] with yTrue [B, ...] or [B, ..., 1].
 * Indices are rounded down, as in tfjs; one outside [0, C) belongs to no class.
 *
 * Throws   ShapeError when yTrue has another number of indices
 */
export function oneHotTargets(loss: string, yTrue: Node, yPred: Node): Pair {
  const indices = indexPerRow(loss, yTrue, yPred);
  const whole = indices.dtype === 'float32' ? floor(indices) : indices;
  return { t: oneHot(cast(whole, 'int32'), yPred.shape[yPred.shape.length - 1]), p: yPred };
}

/** Class indices in the shape of the predictions without their last axis, dtype as given. */
export function indexPerRow(loss: string, yTrue: Node, yPred: Node): Node {
  const rows = yPred.shape.slice(0, -1);
  const isOnePerRow = [rows.join(), [...rows, 1].join()].includes(yTrue.shape.join());
  if (yPred.shape.length >= 2 && isOnePerRow) return reshape(yTrue, rows);
  throw new ShapeError({
    subject: loss,
    expected: 'one class index for each row of the predictions',
    received: formatSpec(yTrue),
    details: { yTrue: formatSpec(yTrue), yPred: formatSpec(yPred) },
    fix: 'pass indices of shape [B] or [B, 1], or use the categorical variant with one-hot targets',
  });
}
