import type { TensorMap } from '@polyneuron/backend';
import type { Plan } from '@polyneuron/fusion';
import { type Program, ValueError } from '@polyneuron/graph';

/** An input whose values are indices below `size`. */
export interface IndexCheck {
  readonly input: string;
  readonly size: number;
}

/** Inputs that gather and scatterAdd use as they are. Shaders raise no errors, so these are checked before. */
export function indexChecks({ kernels, inputs }: Plan): IndexCheck[] {
  const names = new Map(Object.entries(inputs).map(([name, id]) => [id, name]));
  return kernels.flatMap((kernel) => {
    if (kernel.kind !== 'gather' && kernel.kind !== 'scatterAdd') return [];
    const input = names.get(kernel.indices.buffer);
    return input === undefined ? [] : [{ input, size: kernel.size }];
  });
}

/** Throws ValueError for the first index that is out of range. */
export function checkIndices(program: Program, checks: readonly IndexCheck[], inputs: TensorMap): void {
  for (const { input, size } of checks) {
    const bad = inputs[input].find((index) => index < 0 || index >= size);
    if (bad === undefined) continue;
    throw new ValueError({
      subject: `program '${program.name}' on webgl`,
      expected: `indices from 0 to ${size - 1} in input '${input}'`,
      received: String(bad),
      fix: 'check the row and class indices that are fed',
    });
  }
}
