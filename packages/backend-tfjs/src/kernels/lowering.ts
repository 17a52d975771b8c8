import type { DType, NodeOf, OpName, Shape } from '@polyneuron/graph';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelCall, TfjsDevice } from '../device/device.js';

/** Computes one node; the result is owned by the caller, the operands stay. */
export type Run = (operands: readonly TensorInfo[]) => TensorInfo;

/** What a lowering may use: the device, and constants that live as long as the compiled program. */
export interface LoweringContext extends TfjsDevice {
  resident(values: ArrayLike<number>, shape: Shape, dtype: DType): TensorInfo;
}

/**
 * Decides at compile time how a node runs; undefined when the backend lacks a kernel it needs, and the float64
 * interpreter takes over.
 */
export type Lowering<K extends OpName> = (node: NodeOf<K>, context: LoweringContext) => Run | undefined;

/** XNNPACK, to which the wasm backend hands arithmetic and padding, mixes up elements of more axes without a word. */
export const mostAxes = 6;

/** Ops that a compiled program binds or keeps instead of running. */
export type LeafOp = 'input' | 'state' | 'constant' | 'iota';

/** Same elements under another shape: shares the data where the backend can. */
export function reshapeRun({ kernel }: LoweringContext, shape: Shape): Run | undefined {
  const reshape = kernel('Reshape');
  return reshape && (([x]) => reshape({ x }, { shape: [...shape] }));
}

/** Runs the steps one after the other, freeing what lies between; undefined when a step is. */
export function chain({ free }: LoweringContext, ...steps: readonly (Run | undefined)[]): Run | undefined {
  if (!allDefined(steps)) return undefined;
  const [first, ...others] = steps;
  return (operands) => {
    let value = first(operands);
    for (const step of others) {
      try {
        const next = step([value]);
        free(value);
        value = next;
      } catch (error) {
        free(value);
        throw error;
      }
    }
    return value;
  };
}

function allDefined(steps: readonly (Run | undefined)[]): steps is readonly Run[] {
  return steps.every((step) => step !== undefined);
}

/** One kernel of one operand, called `x`. */
export function kernelRun(kernel: KernelCall | undefined, attributes?: object): Run | undefined {
  return kernel && (([x]) => kernel({ x }, attributes));
}
