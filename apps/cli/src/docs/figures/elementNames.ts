import { type Shape, sizeOf } from '@polyneuron/graph';
import { resolveConfig } from '@polyneuron/kernels';
import type { FigureSubject } from './figureSubject.js';
import { subscript } from './frame.js';

/** Letters of the inputs, in order. */
const letters = ['x', 'z'];

/** Names of the elements of one sample: x₀, x₁, ... of the first input, z₀, ... of the second; x₀,₁ where there are axes. */
export function inputElementNames(inputShapes: readonly Shape[]): string[] {
  return inputShapes.flatMap((shape, at) => elementNames(letters[at], shape));
}

/** Names of the elements of the output of one sample. */
export function outputElementNames({ spec, config, inputShapes }: FigureSubject): string[] {
  return elementNames('y', spec.outputShape(resolveConfig<object>(spec, config), inputShapes));
}

/** y₀, y₁, ...; y alone where there is one element. */
export function elementNames(letter: string, shape: Shape): string[] {
  const count = sizeOf(shape);
  if (count === 1) return [letter];
  return Array.from({ length: count }, (_, at) => subscript(letter, indexOf(at, shape).join(',')));
}

function indexOf(at: number, shape: Shape): number[] {
  let rest = at;
  return shape
    .toReversed()
    .map((extent) => {
      const index = rest % extent;
      rest = Math.floor(rest / extent);
      return index;
    })
    .reverse();
}

/** Which letter is which input, for captions of layers with several. */
export function letterText(inputShapes: readonly Shape[]): string {
  const inputs = inputShapes.map((_, at) => `${letters[at]} ${at === 0 ? 'the first input' : 'the second'}`);
  return inputShapes.length === 1 ? '' : ` (${inputs.join(', ')})`;
}
