import type { Buffer, BufferId } from '@polyneuron/fusion';
import type { DType } from '@polyneuron/graph';
import { type ContractionForm, type ContractionSize, contractionForm } from './contractionForm.js';
import type { DeviceFunctionName } from './deviceFunctions.js';

/** A buffer that a kernel gets as `p0`, `p1`, ... in this order. */
export interface Parameter {
  readonly buffer: BufferId;
  readonly dtype: DType;
  readonly isWritten: boolean;
}

/** One launch: a device function of pointers, and how it is launched. Equal texts are printed once. */
export interface CudaKernel {
  /** 'map', 'fold_32x8', 'contraction_64x64x16' */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** What the body calls. */
  readonly functions: readonly DeviceFunctionName[];
  readonly body: string;
  readonly blocks: number;
  /** Threads of a block; a multiple of 32. */
  readonly threads: number;
}

/** Buffers of a plan, and those that printing adds: partial results of folds that take two launches. */
export interface EmitContext {
  readonly buffers: Buffer[];
  /** How a contraction is computed. */
  readonly formOf: (size: ContractionSize) => ContractionForm;
  scratch(name: string, dtype: DType, size: number): BufferId;
}

export function createEmitContext(
  planned: readonly Buffer[],
  formOf: EmitContext['formOf'] = contractionForm,
): EmitContext {
  const buffers = [...planned];
  return {
    buffers,
    formOf,
    scratch: (name, dtype, size) =>
      buffers.push({ id: buffers.length, kind: 'scratch', name, dtype, size }) - 1,
  };
}
