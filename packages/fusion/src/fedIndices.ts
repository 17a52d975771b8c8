import type { Plan } from './plan.js';

/** An input of a program whose values are indices from 0 to `size - 1`. */
export interface FedIndices {
  readonly input: string;
  readonly size: number;
}

/**
 * Inputs that gather and scatterAdd take as they are. Devices whose kernels raise no errors have these checked before a
 * run (`checkFedIndices` of @polyneuron/backend); an index that a program computes cannot be checked there.
 */
export function fedIndices({ kernels, inputs }: Plan): readonly FedIndices[] {
  const names = new Map(Object.entries(inputs).map(([name, id]) => [id, name]));
  return kernels.flatMap((kernel) => {
    if (kernel.kind !== 'gather' && kernel.kind !== 'scatterAdd') return [];
    const input = names.get(kernel.indices.buffer);
    return input === undefined ? [] : [{ input, size: kernel.size }];
  });
}
