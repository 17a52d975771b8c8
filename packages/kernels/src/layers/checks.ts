/** @file What layers demand of their inputs and options, in the house form of errors. */
import { type Shape, ShapeError, ValueError } from '@polyneuron/graph';

/** `[batch, 28, 28]` for the shape [28, 28] of one sample. */
export function formatBatched(shape: Shape): string {
  return `[${['batch', ...shape].join(', ')}]`;
}

/** The shape of the one input of a layer, which needs at least `minimumAxes` axes besides the batch. */
export function singleInput(layer: string, inputShapes: readonly Shape[], minimumAxes = 1): Shape {
  const [shape] = inputShapes;
  if (inputShapes.length === 1 && shape.length >= minimumAxes) return shape;
  throw new ShapeError({
    subject: layer,
    expected: `one input of rank ${minimumAxes + 1} or more`,
    received: inputShapes.map(formatBatched).join(' and ') || 'none',
    fix: inputShapes.length > 1 ? 'join the inputs first, for example with concatenate' : 'reshape the input',
  });
}

/** [height, width, channels] of the one input of an image layer. */
export function imageInput(layer: string, inputShapes: readonly Shape[]): [number, number, number] {
  const [shape] = inputShapes;
  if (inputShapes.length === 1 && shape.length === 3) return [shape[0], shape[1], shape[2]];
  throw new ShapeError({
    subject: layer,
    expected: 'one input [batch, height, width, channels]',
    received: inputShapes.map(formatBatched).join(' and ') || 'none',
    fix: 'reshape the input to four axes, channels last',
  });
}

/** At least two inputs of one rank. */
export function severalInputs(layer: string, inputShapes: readonly Shape[]): readonly Shape[] {
  const [first, ...others] = inputShapes;
  if (others.length > 0 && others.every(({ length }) => length === first.length)) return inputShapes;
  throw new ShapeError({
    subject: layer,
    expected: 'two or more inputs of one rank',
    received: inputShapes.map(formatBatched).join(' and ') || 'none',
    fix: 'pass a list of inputs, reshaped to one rank',
  });
}

/** The last extent of a shape: the features. */
export function featuresOf(shape: Shape): number {
  return shape[shape.length - 1];
}

/** Rejects anything but a whole number of at least `minimum`. */
export function requireWhole(layer: string, option: string, value: number, minimum: number): void {
  if (Number.isInteger(value) && value >= minimum) return;
  throw new ValueError({
    subject: layer,
    expected: `${option} to be a whole number of at least ${minimum}`,
    received: typeof value === 'string' ? `'${value}'` : String(value),
    fix: `pass a whole number from ${minimum} on`,
  });
}

/** Rejects a value that is not one of the words of an option. */
export function requireOneOf(layer: string, option: string, value: string, words: readonly string[]): void {
  if (words.includes(value)) return;
  throw new ValueError({
    subject: layer,
    expected: `${option} to be one of ${words.map((word) => `'${word}'`).join(', ')}`,
    received: `'${value}'`,
    fix: 'check the spelling of the value',
  });
}

/** Rejects anything but a finite number above 0. */
export function requirePositive(layer: string, option: string, value: number): void {
  if (value > 0 && value < Number.POSITIVE_INFINITY) return;
  throw new ValueError({
    subject: layer,
    expected: `${option} to be a finite number above 0`,
    received: String(value),
    fix: 'pass a positive number, however small',
  });
}
