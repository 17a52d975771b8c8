import type { Program } from '@polyneuron/graph';
import { engine, getBackend, getKernel, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Kernel of a tfjs backend that runs a whole program, `attrs.program`, and returns its outputs in order.
 * `installTfjsKernels` of `@polyneuron/backend-wasm/tfjs` registers one for wasm.
 */
const kernelName = 'PolyneuronProgram';

/** Runs a program as one tfjs kernel; undefined where the active backend has no such kernel. */
export function runWhole(
  program: Program,
  inputs: Readonly<Record<string, Tensor>>,
): Record<string, Tensor> | undefined {
  if (!getKernel(kernelName, getBackend())) return undefined;
  const names = Object.keys(program.outputs);
  const attributes = { program } as unknown as NamedAttrMap;
  const outputs = engine().runKernel(kernelName, { ...inputs }, attributes) as unknown as Tensor[];
  return Object.fromEntries(names.map((name, at) => [name, outputs[at]]));
}
