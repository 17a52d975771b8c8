import { sizeOf, stridesOf, ValueError } from '@polyneuron/graph';
import type { Operation } from '../errors.js';
import type { HostTensor } from './hostTensor.js';

/** Rejects NaN and infinities, naming the first: row, then column(s). */
export function requireFinite(operation: Operation, name: string, { data, shape }: HostTensor): void {
  for (let at = 0; at < data.length; at++) {
    if (Number.isFinite(data[at])) continue;
    let bad = 1;
    for (let rest = at + 1; rest < data.length; rest++) if (!Number.isFinite(data[rest])) bad++;
    throw new ValueError({
      subject: operation,
      expected: `finite numbers in ${name}`,
      received: `${data[at]} at ${place(at, shape)}`,
      details: { [name]: `[${shape.join(', ')}], ${bad} of ${data.length} values are not finite` },
      fix: 'drop or impute these samples before training',
    });
  }
}

/** Whole class indices from 0 to classes - 1, as int32. */
export function classIndices(
  operation: Operation,
  name: string,
  { data, shape }: HostTensor,
  classes: number,
): Int32Array {
  const indices = new Int32Array(data.length);
  for (let at = 0; at < data.length; at++) {
    const value = data[at];
    if (!Number.isInteger(value) || value < 0 || value >= classes) {
      throw new ValueError({
        subject: operation,
        expected: `class indices from 0 to ${classes - 1} in ${name}`,
        received: `${value} at ${place(at, shape)}`,
        details: { [name]: `[${shape.join(', ')}]`, classes: String(classes) },
        fix: `${Number.isInteger(value) && value >= classes ? 'give the model an output per class' : 'pass whole indices that start at 0'}, or use a loss for one-hot targets`,
      });
    }
    indices[at] = value;
  }
  return indices;
}

/** `row 3, column 5` of a matrix; `row 3, position [0, 2, 1]` of more. */
function place(flat: number, shape: readonly number[]): string {
  const row = Math.floor(flat / sizeOf(shape.slice(1)));
  const position = stridesOf(shape)
    .slice(1)
    .map((stride, axis) => Math.floor(flat / stride) % shape[axis + 1]);
  return position.length === 1
    ? `row ${row}, column ${position[0]}`
    : `row ${row}, position [${position.join(', ')}]`;
}
