import type { TensorMap } from '@polyneuron/backend';
import { type LayerSpec, parameterName, parameterSpecs } from '@polyneuron/kernels';
import type { TaskKind, TaskOf } from '../../cases/benchCase.js';
import type { OpenedCase } from '../../programs/caseProgram.js';

/** Weights of a forward program that has its data in state too; of derivatives they move with every step of a training. */
const deployedWeights: { readonly [K in TaskKind]?: (task: TaskOf<K>) => readonly string[] } = {
  layer: ({ direction, spec, config, inputShapes }) =>
    direction === 'forward' ? namesOfParameters(spec, config, inputShapes) : [],
  convolution: ({ direction }) => (direction === 'forward' ? ['kernel'] : []),
};

/**
 * State entries whose values are written into the exported file, where onnxruntime packs them once: all that no run changes,
 * which is the weights of an inference and the data set of a training. A program without inputs would be computed whole while it
 * is loaded: of those only the weights of a layer that is deployed.
 */
export function fixedState({ task, program, state }: OpenedCase): TensorMap {
  const isFed = Object.keys(program.inputs).length > 0;
  const weights = isFed ? Object.keys(state) : weightsOf(task as TaskOf<TaskKind>);
  return Object.fromEntries(
    Object.entries(state).filter(([name]) => weights.includes(name) && !(name in program.updates)),
  );
}

function weightsOf<K extends TaskKind>(task: TaskOf<K>): readonly string[] {
  const names = deployedWeights[task.kind as K] as ((task: TaskOf<K>) => readonly string[]) | undefined;
  return names?.(task) ?? [];
}

function namesOfParameters(...[spec, config, shapes]: Parameters<typeof parameterSpecs<LayerSpec>>) {
  return parameterSpecs(spec, config, shapes).map(({ name }) => parameterName(name));
}
