import {
  gradient,
  input,
  mean,
  type Program,
  programOf,
  square,
  state,
  stopGradient,
  sub,
} from '@polyneuron/graph';
import { applyTaskNetwork } from '../layers/hyper/taskNetwork.js';
import { rmsprop } from '../optimizers/rmsprop.js';
import { stepOptimizer } from '../optimizers/stepOptimizer.js';
import { emitTaskWeights, type LiftConfig, liftConfig, liftShapes, taskOf } from './liftNetwork.js';

/**
 * One sample of the two-phase Task/Lift training of seed 002, as its `lifter.fit` runs it.
 *
 * θ   = Lift(x)                                      Task's weights are set to it; no gradient passes
 * θ'  = θ - η g / √(s + ε),  s ← ρ s + (1 - ρ) g²,   g = ∂/∂θ mean((Task(x; θ) - y)²)
 * Lift ← one RMSprop step on mean((Lift(x) - θ')²), where θ' is a constant target
 *
 * Task is overwritten at every sample, but its RMSprop, compiled once, keeps s: so s is state, and θ is not. ε stands
 * inside the root, as in Keras 3 and tfjs; tf.keras of the document's time (2020) is
 * optimizer: { epsilonPlacement: 'outside' }.
 *
 * Inputs   x [1, inputs], y [1, outputs]
 * State    kernel1 [inputs, hiddenUnits], bias1 [hiddenUnits], kernel2 [hiddenUnits, P], bias2 [P]: Lift, from
 *          `createLiftWeights`; and, from zeros, `optimizer/step` [] int32, `optimizer/meanSquare/<weight>` of each of
 *          them, and `optimizer/meanSquare/task` [1, P]
 * Outputs  prediction [1, outputs] and taskLoss [], before Task's step; taskWeights [1, P], which is θ'; liftLoss [],
 *          before Lift's step
 * Source   seed 002, cells 4 and 5
 */
export function liftStep(options: Partial<LiftConfig> = {}): Program {
  const config = liftConfig(options);
  const x = input('x', { shape: [1, config.inputs], dtype: 'float32' });
  const y = input('y', { shape: [1, config.taskUnits[config.taskUnits.length - 1]], dtype: 'float32' });
  const shapes = liftShapes(config);
  const leaf = (name: keyof typeof shapes) => state(name, { shape: shapes[name], dtype: 'float32' });
  const lift = {
    kernel1: leaf('kernel1'),
    bias1: leaf('bias1'),
    kernel2: leaf('kernel2'),
    bias2: leaf('bias2'),
  };

  const emitted = emitTaskWeights(config, x, lift);
  const prediction = applyTaskNetwork(taskOf(config), config.taskActivation, x, emitted);
  const taskLoss = mean(square(sub(prediction, y)));
  const taskStep = stepOptimizer({
    spec: rmsprop,
    config: config.optimizer,
    parameters: { task: emitted },
    gradients: { task: gradient(taskLoss, [emitted])[0] },
  });
  const taskWeights = taskStep.parameters.task;

  const liftLoss = mean(square(sub(emitted, stopGradient(taskWeights))));
  const [kernel1, bias1, kernel2, bias2] = gradient(liftLoss, Object.values(lift));
  const liftUpdate = stepOptimizer({
    spec: rmsprop,
    config: config.optimizer,
    parameters: lift,
    gradients: { kernel1, bias1, kernel2, bias2 },
  });
  return programOf(
    'liftStep',
    { prediction, taskLoss, taskWeights, liftLoss },
    // Both optimizers count the same steps under the same name.
    { ...liftUpdate.parameters, ...liftUpdate.updates, ...taskStep.updates },
  );
}
