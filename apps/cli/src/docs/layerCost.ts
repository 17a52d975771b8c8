import { costOf, gradientProgram, programOf, simplify } from '@polyneuron/graph';
import { type LayerSpec, layerProgram, parameterName, parameterSpecs } from '@polyneuron/kernels';

export interface LayerCost {
  readonly forwardFlops: number;
  /** The same with the gradients of inputs and trainable parameters, in one program. */
  readonly trainingFlops: number;
}

export const costBatch = 32;

/** Arithmetic of the record's large sample at a batch of 32, after simplification. */
export function layerCost(spec: LayerSpec): LayerCost {
  const { config, inputShapes } = spec.largeSample;
  const program = layerProgram<object>(spec, config, { batch: costBatch, inputShapes });
  const forward = programOf(program.name, { y: program.outputs.y! });
  const fixed = parameterSpecs<object>(spec, config, inputShapes)
    .filter(({ isTrainable = true }) => !isTrainable)
    .map(({ name }) => parameterName(name));
  const wrt = Object.entries(forward.inputs).flatMap(([name, { dtype }]) =>
    dtype === 'float32' && !fixed.includes(name) ? [name] : [],
  );
  const { outputs } = gradientProgram(forward, wrt);
  return {
    forwardFlops: costOf(simplify(forward)).flops,
    trainingFlops: costOf(simplify(programOf(program.name, { y: forward.outputs.y!, ...outputs }))).flops,
  };
}
