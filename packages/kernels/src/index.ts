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
  InputKind,
  LargeLayerSample,
  LayerSample,
  LayerSpec,
  ParameterGroup,
  ParameterRole,
  ParameterSpec,
} from './layerSpec.js';
export { closestName } from './layers/closestName.js';
export * from './layers/companion/index.js';
export * from './layers/convolution/index.js';
export * from './layers/cross/index.js';
export * from './layers/factorization/index.js';
export * from './layers/gated/index.js';
export * from './layers/hyper/index.js';
export { type FamilyName, families, type LayerName, layer, layers } from './layers/layers.js';
export * from './layers/orthogonal/index.js';
export { countParameters, createParameters, parameterSpecs } from './layers/parameters.js';
export * from './layers/polynomial/index.js';
export * from './layers/quadratic/index.js';
export * from './layers/spline/index.js';
export * from './layers/stock/index.js';
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
  type ParameterRule,
  stepOptimizer,
} from './optimizers/stepOptimizer.js';
export { resolveConfig } from './resolveConfig.js';
export type { ScheduleSpec } from './schedules/scheduleSpec.js';
export { type ScheduleConfigs, type ScheduleName, schedule, schedules } from './schedules/schedules.js';
export { type WarmUpConfig, warmUp } from './schedules/warmUp.js';
