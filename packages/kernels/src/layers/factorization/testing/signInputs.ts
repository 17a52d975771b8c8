import { sizeOf } from '@polyneuron/graph';

export interface SignInputs {
  /** 2 to the number of elements of one sample. */
  readonly batch: number;
  readonly values: number[];
}

/**
 * Every input of one shape whose elements are 1 or -1. Means over them are exact for independent unit-variance inputs
 * as long as no element enters with a power above 3: signs have the moments 0, 1, 0.
 */
export function signInputs(shape: readonly number[]): SignInputs {
  const count = sizeOf(shape);
  const batch = 2 ** count;
  const values = Array.from({ length: batch * count }, (_, at) =>
    (Math.floor(at / count) >> (at % count)) & 1 ? 1 : -1,
  );
  return { batch, values };
}
