import { ValueError } from '@polyneuron/graph';
import type { TensorMap } from './contract.js';

/** Inputs that hold indices from 0 to `size - 1`, of a program by its name, on a device by its name. */
export interface FedIndexCheck {
  readonly program: string;
  readonly device: string;
  readonly indices: readonly { readonly input: string; readonly size: number }[];
}

/**
 * For devices whose kernels raise no errors.
 *
 * Throws   ValueError for the first index that is out of range
 */
export function checkFedIndices({ program, device, indices }: FedIndexCheck, inputs: TensorMap): void {
  for (const { input, size } of indices) {
    const outside = inputs[input].find((index) => index < 0 || index >= size);
    if (outside === undefined) continue;
    throw new ValueError({
      subject: `program '${program}' on ${device}`,
      expected: `indices from 0 to ${size - 1} in input '${input}'`,
      received: String(outside),
      fix: 'check the row and class indices that are fed',
    });
  }
}
