export type { InitializerConfig } from './initializers/initializer.js';
export { inputName, layerProgram, type LayerProgramOptions, parameterName, randomKeyName } from './layerProgram.js';
export type { ForwardContext, ForwardResult, LayerSample, LayerSpec, ParameterRole, ParameterSpec } from './layerSpec.js';
export type { LossSpec } from './losses/lossSpec.js';
export type { MetricSpec } from './metrics/metricSpec.js';
export type { OptimizerSpec, SlotSpec, UpdateContext, UpdateResult } from './optimizers/optimizerSpec.js';
export { resolveConfig } from './resolveConfig.js';
