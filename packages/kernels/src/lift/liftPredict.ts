import { defineProgram, type Program, type TensorSpec } from '@polyneuron/graph';
import { applyTaskNetwork } from '../layers/hyper/taskNetwork.js';
import { emitTaskWeights, type LiftConfig, liftConfig, liftShapes, taskOf } from './liftNetwork.js';

/**
 * Task's predictions with the weights that Lift emits for each sample.
 *
 * y[b] = Task(x[b]; Lift(x[b])), all samples at once where the document loops over them
 *
 * Inputs   x [batch, inputs]
 * State    kernel1, bias1, kernel2, bias2, as in `liftStep`
 * Outputs  y [batch, outputs]
 * Source   seed 002, `lifter.call`
 */
export function liftPredict(batch: number, options: Partial<LiftConfig> = {}): Program {
  const config = liftConfig(options);
  const { kernel1, bias1, kernel2, bias2 } = liftShapes(config);
  const float = (shape: TensorSpec['shape']): TensorSpec => ({ shape, dtype: 'float32' });
  return defineProgram({
    name: 'liftPredict',
    inputs: { x: float([batch, config.inputs]) },
    state: { kernel1: float(kernel1), bias1: float(bias1), kernel2: float(kernel2), bias2: float(bias2) },
    build({ inputs: { x }, state }) {
      const weights = emitTaskWeights(config, x, state);
      return { outputs: { y: applyTaskNetwork(taskOf(config), config.taskActivation, x, weights) } };
    },
  });
}
