export type { ActivationSpec } from './activations/activationSpec.js';
export { type ActivationName, activation, activations } from './activations/activations.js';
export { logSoftmax, softmax } from './activations/softmax.js';
export {
  type FitPerceptronOptions,
  type FittedPerceptron,
  fitPerceptron,
} from './classical/fitPerceptron.js';
export {
  logicalAnd,
  logicalNor,
  logicalOr,
  type McCullochPittsInputs,
  mcCullochPitts,
} from './classical/mcCullochPitts.js';
export { perceptron, perceptronProgram, perceptronStep } from './classical/perceptron.js';
export { findByName, type Named } from './findByName.js';
export { type FanAxes, type Fans, fansOf } from './initializers/fans.js';
export {
  type InitializerConfig,
  type InitializerName,
  initializer,
  initializers,
} from './initializers/initializer.js';
export { type InitialLaw, initialValues } from './initializers/initialValues.js';
export {
  inputName,
  type LayerProgramOptions,
  layerProgram,
  parameterName,
  randomKeyName,
} from './layerProgram.js';
export type {
  ForwardContext,
  ForwardResult,
  LayerSample,
  LayerSpec,
  ParameterRole,
  ParameterSpec,
} from './layerSpec.js';
export { type ActivationConfig, activationSpec } from './layers/activation.js';
export { type AffineConfig, affineSpec } from './layers/affine.js';
export { closestName } from './layers/closestName.js';
export { collapseTaylor } from './layers/collapseTaylor.js';
export { type ConcatenateConfig, concatenateSpec } from './layers/concatenate.js';
export { type Conv2dConfig, conv2dSpec } from './layers/conv2d.js';
export { type DenseConfig, denseSpec } from './layers/dense.js';
export { type DropoutConfig, dropoutSpec } from './layers/dropout.js';
export { type FeatureCrossConfig, featureCrossSpec } from './layers/featureCross.js';
export { flattenSpec } from './layers/flatten.js';
export { type HouseholderConfig, householderSpec } from './layers/householder.js';
export { type HyperDenseConfig, hyperDenseSpec } from './layers/hyperDense.js';
export { type LayerName, layer, layers } from './layers/layers.js';
export { addSpec, type MergeConfig, multiplySpec } from './layers/merge.js';
export { countParameters, createParameters, parameterSpecs } from './layers/parameters.js';
export {
  averagePool2dSpec,
  globalAveragePool2dSpec,
  maxPool2dSpec,
  type Pooling2dConfig,
} from './layers/pooling2d.js';
export { type QuadDenseConfig, type QuadDenseStart, quadDenseSpec } from './layers/quadDense.js';
export { type ReshapeConfig, reshapeSpec } from './layers/reshape.js';
export { type SoftmaxConfig, softmaxSpec } from './layers/softmax.js';
export { type TaylorConfig, type TaylorMode, taylorSpec } from './layers/taylor.js';
export type { Extent2d, Padding } from './layers/windows.js';
export {
  countLiftParameters,
  createLiftWeights,
  type LiftConfig,
  type LiftWeightName,
  liftDefaults,
} from './lift/liftNetwork.js';
export { liftPredict } from './lift/liftPredict.js';
export { liftStep } from './lift/liftStep.js';
export { type LossName, loss, losses } from './losses/losses.js';
export type { LossSpec } from './losses/lossSpec.js';
export { huber } from './losses/regression.js';
export { accuracyFor, crossentropyFor } from './metrics/accuracyFor.js';
export type { MetricSpec } from './metrics/metricSpec.js';
export { type MetricName, metric, metrics } from './metrics/metrics.js';
export type { AdadeltaConfig } from './optimizers/adadelta.js';
export type { AdagradConfig } from './optimizers/adagrad.js';
export type { AdamConfig, AdamWConfig } from './optimizers/adam.js';
export type { AdamaxConfig } from './optimizers/adamax.js';
export { clipByGlobalNorm, clipByNorm, clipByValue } from './optimizers/clipGradients.js';
export { optimizerConfig } from './optimizers/optimizerConfig.js';
export type {
  Dialect,
  OptimizerConfig,
  OptimizerSpec,
  SlotSpec,
  UpdateContext,
  UpdateResult,
} from './optimizers/optimizerSpec.js';
export { type OptimizerName, optimizer, optimizers } from './optimizers/optimizers.js';
export type { RmspropConfig } from './optimizers/rmsprop.js';
export type { MomentumConfig, SgdConfig } from './optimizers/sgd.js';
export {
  type OptimizerState,
  type OptimizerStep,
  type OptimizerStepOptions,
  optimizerStepName,
  stepOptimizer,
} from './optimizers/stepOptimizer.js';
export { resolveConfig } from './resolveConfig.js';
export type { ScheduleSpec } from './schedules/scheduleSpec.js';
export { type ScheduleConfigs, type ScheduleName, schedule, schedules } from './schedules/schedules.js';
export { type WarmUpConfig, warmUp } from './schedules/warmUp.js';
