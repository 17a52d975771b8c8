import type { TensorMap } from '@polyneuron/backend';
import { planProgram } from '@polyneuron/fusion';
import { type Program, simplify, ValueError } from '@polyneuron/graph';

/** An input whose values are indices below `size`. */
export interface IndexCheck {
  readonly input: string;
  readonly size: number;
}

/**
 * Inputs that gather and scatterAdd take as they are. Kernels cannot raise errors: a computed index out of range gives
 * NaN, one that is fed is refused here.
 */
export function indexChecks(program: Program): IndexCheck[] {
  const { kernels, inputs } = planProgram(simplify(program), { lanes: false });
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
    const outside = inputs[input].find((index) => index < 0 || index >= size);
    if (outside === undefined) continue;
    throw new ValueError({
      subject: `program '${program.name}' on cuda`,
      expected: `indices from 0 to ${size - 1} in input '${input}'`,
      received: String(outside),
      fix: 'check the row and class indices that are fed',
    });
  }
}
