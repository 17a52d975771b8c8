import type { Program } from '@polyneuron/graph';
import type { KernelFunc, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { tensorEngineOf } from '../tensorEngine.js';

/** A tfjs kernel as a program for each combination of shapes and attributes. */
export interface KernelProgram<A> {
  readonly kernelName: string;
  /** Builds the program; its inputs have the names of the kernel's, its one output any. */
  readonly build: (inputs: Readonly<Record<string, TensorInfo>>, attributes: A) => Program;
}

/** The function that tfjs calls. */
export function kernelFunction<A>({ kernelName, build }: KernelProgram<A>): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const given = inputs as Readonly<Record<string, TensorInfo>>;
    const specs = Object.entries(given).map(([name, { shape, dtype }]) => [name, dtype, shape]);
    const key = JSON.stringify([kernelName, specs, attrs]);
    const [output] = tensorEngineOf(backend).runShaped(
      key,
      () => build(given, attrs as A),
      inputs as NamedTensorInfoMap,
    );
    return output;
  };
}

/** The spec of a float32 input of a program that a kernel runs. */
export const float = ({ shape }: { readonly shape: readonly number[] }) =>
  ({ shape, dtype: 'float32' }) as const;
