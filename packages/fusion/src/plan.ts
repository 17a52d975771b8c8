/**
 * @file The plan: a program as a list of fused kernels over flat buffers. Device-free; every compiled backend prints
 * the same plan in its own language.
 *
 * A buffer is a run of 32-bit elements (bool is stored as 0 or 1). A kernel reads and writes buffers through accesses:
 * an offset and one stride per axis of the kernel's domain, in elements, so that transposed, sliced, reversed and
 * broadcast operands cost nothing. Kernels run in order, each after the one before is complete.
 */
import type { DType, OpName, Program, Shape } from '@polyneuron/graph';

export type BufferId = number;

export type BufferKind = 'input' | 'state' | 'constant' | 'output' | 'scratch';

export interface Buffer {
  readonly id: BufferId;
  readonly kind: BufferKind;
  /** Name of the input, state entry or output; a description for the others. */
  readonly name: string;
  readonly dtype: DType;
  /** Elements. */
  readonly size: number;
  /** Of a constant. */
  readonly values?: readonly number[];
}

/** Element `offset + Σ strides[axis] · coordinate[axis]` of a buffer. */
export interface Access {
  readonly buffer: BufferId;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Ops that a statement may compute from earlier statements. */
export type ScalarOpName = Exclude<
  OpName,
  | 'input'
  | 'state'
  | 'constant'
  | 'iota'
  | 'stopGradient'
  | 'sum'
  | 'reduceMax'
  | 'argMax'
  | 'broadcast'
  | 'reshape'
  | 'transpose'
  | 'slice'
  | 'pad'
  | 'concat'
  | 'reverse'
  | 'einsum'
  | 'cumsum'
  | 'gather'
  | 'scatterAdd'
  | 'patches'
  | 'fold'
  | 'random'
>;

/** One step of a kernel's body, computed per point of the domain; operands are indices of earlier steps. */
export type Statement =
  | { readonly op: 'load'; readonly access: Access; readonly dtype: DType }
  | { readonly op: 'literal'; readonly value: number; readonly dtype: DType }
  /** The coordinate along one axis, int32. */
  | { readonly op: 'index'; readonly axis: number; readonly dtype: 'int32' }
  /** The finished sum of the contraction that this body is the epilogue of. */
  | { readonly op: 'product'; readonly dtype: 'float32' }
  | { readonly op: ScalarOpName; readonly operands: readonly number[]; readonly dtype: DType };

export interface Store {
  readonly value: number;
  readonly access: Access;
}

export interface Reduction {
  readonly value: number;
  readonly op: 'sum' | 'max';
  readonly axes: readonly number[];
  /** Strides are 0 along `axes`. */
  readonly access: Access;
  readonly dtype: DType;
}

export interface Body {
  readonly domain: Shape;
  readonly statements: readonly Statement[];
  readonly stores: readonly Store[];
  readonly reductions: readonly Reduction[];
}

/** A loop nest: every statement at every point of the domain. */
export interface LoopKernel {
  readonly kind: 'loop';
  readonly body: Body;
}

/**
 * product[batch, row, column] = Σ_depth left[batch, row, depth] · right[batch, depth, column], then the epilogue over
 * the domain [batch, rows, columns].
 */
export interface ContractionKernel {
  readonly kind: 'contraction';
  /** Extents of each group of labels; a group may be empty. */
  readonly batch: Shape;
  readonly rows: Shape;
  readonly columns: Shape;
  readonly depth: Shape;
  /** Strides over [...batch, ...rows, ...depth]. */
  readonly left: Access;
  /** Strides over [...batch, ...depth, ...columns]. */
  readonly right: Access;
  /** Domain [...batch, ...rows, ...columns]. */
  readonly epilogue: Body;
}

/** target[..., k, ...] = Σ source over the axis up to k (exclusive, reverse as the op says). */
export interface CumulativeKernel {
  readonly kind: 'cumulative';
  readonly domain: Shape;
  readonly axis: number;
  readonly exclusive: boolean;
  readonly reverse: boolean;
  readonly source: Access;
  readonly target: Access;
  readonly dtype: DType;
}

/** target[outer, i, inner] = table[outer, indices[i], inner]; all contiguous. */
export interface GatherKernel {
  readonly kind: 'gather';
  readonly outer: number;
  readonly count: number;
  readonly inner: number;
  /** Extent of the table's axis. */
  readonly size: number;
  readonly table: Access;
  readonly indices: Access;
  readonly target: Access;
}

/** target = 0; then target[outer, indices[i], inner] += updates[outer, i, inner] in the order of i; all contiguous. */
export interface ScatterAddKernel {
  readonly kind: 'scatterAdd';
  readonly outer: number;
  readonly count: number;
  readonly inner: number;
  readonly size: number;
  readonly updates: Access;
  readonly indices: Access;
  readonly target: Access;
  readonly dtype: DType;
}

/** Index of the first maximum along the last axis of `domain`. */
export interface ArgMaxKernel {
  readonly kind: 'argMax';
  readonly domain: Shape;
  readonly source: Access;
  /** Over the domain without its last axis. */
  readonly target: Access;
  readonly dtype: DType;
}

/** Threefry uniforms, contiguous. */
export interface RandomKernel {
  readonly kind: 'random';
  readonly count: number;
  readonly key: Access;
  readonly target: Access;
}

/** One step of the loop over samples; a value is one number per sample. */
export type LaneStatement =
  /** Element `offset + sample · stride` of a buffer. */
  | {
      readonly op: 'sample';
      readonly buffer: BufferId;
      readonly offset: number;
      readonly stride: number;
      readonly dtype: DType;
    }
  /** Element `offset + index · stride`, where an earlier statement gives the index, within [0, size). */
  | {
      readonly op: 'gathered';
      readonly index: number;
      readonly size: number;
      readonly buffer: BufferId;
      readonly offset: number;
      readonly stride: number;
      readonly dtype: DType;
    }
  /** The same element for every sample. */
  | { readonly op: 'uniform'; readonly buffer: BufferId; readonly offset: number; readonly dtype: DType }
  | { readonly op: 'literal'; readonly value: number; readonly dtype: DType }
  | { readonly op: ScalarOpName; readonly operands: readonly number[]; readonly dtype: DType };

/**
 * One loop over a batch with everything that a small network does to one sample unrolled: a device runs as many
 * samples side by side as its vectors have lanes, and keeps what lies between in registers.
 */
export interface LanesKernel {
  readonly kind: 'lanes';
  readonly batch: number;
  readonly statements: readonly LaneStatement[];
  /** Values kept per sample, at `offset + sample · stride`. */
  readonly stores: readonly {
    readonly value: number;
    readonly buffer: BufferId;
    readonly offset: number;
    readonly stride: number;
  }[];
  /** Values added up over all samples into one element. */
  readonly sums: readonly { readonly value: number; readonly buffer: BufferId; readonly offset: number }[];
}

export type Kernel =
  | LoopKernel
  | ContractionKernel
  | CumulativeKernel
  | GatherKernel
  | ScatterAddKernel
  | ArgMaxKernel
  | RandomKernel
  | LanesKernel;

export interface Plan {
  readonly program: Program;
  readonly buffers: readonly Buffer[];
  readonly kernels: readonly Kernel[];
  /** Buffer of each input, state entry and output. */
  readonly inputs: Readonly<Record<string, BufferId>>;
  readonly state: Readonly<Record<string, BufferId>>;
  readonly outputs: Readonly<Record<string, BufferId>>;
}
