import type { KernelWriter } from './kernelWriter.js';

/** A result of one thread: its row and column inside the tile of the block, and the expression of its value. */
export interface TileResult {
  readonly row: string;
  readonly column: string;
  readonly value: string;
}

/** How the threads of a block multiply two slices that lie in shared memory. */
export interface TileArithmetic {
  readonly threads: number;
  /** What an element of shared memory is, and how many neighbouring terms of the depth it holds. */
  readonly element: { readonly type: string; readonly terms: 1 | 2 };
  /** Elements between the end of a row of shared memory and the next: they spread rows over its banks. */
  readonly padding: number;
  /** Places of this thread, and sums that start as zeros. */
  emitStart(writer: KernelWriter): void;
  /** An element from its terms. */
  pack(writer: KernelWriter, terms: readonly string[]): string;
  /** Adds the products of `left[slice]` and `right[slice]`, both [depth][line], to the sums. */
  emitMultiply(writer: KernelWriter): void;
  /** Loops over the results of this thread. */
  emitResults(writer: KernelWriter, visit: (result: TileResult) => void): void;
}
