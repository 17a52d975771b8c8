import type { Program } from '@polyneuron/graph';
import type { KernelFunc, NamedTensorInfoMap } from '@tensorflow/tfjs-core';
import { tensorEngineOf } from '../tensorEngine.js';

/** Name under which `@polyneuron/backend-tfjs` looks for a kernel that runs whole programs. */
export const polyneuronProgramName = 'PolyneuronProgram';

/** Runs `attrs.program` on `inputs`; its outputs, in the order of the program. */
export const polyneuronProgram: KernelFunc = ({ inputs, backend, attrs }) => {
  const { program } = attrs as unknown as { readonly program: Program };
  return tensorEngineOf(backend).run(program, inputs as NamedTensorInfoMap);
};
