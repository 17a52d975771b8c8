export type { Shuffle } from './data/epochPlan.js';
export type { DataSource, RawTensor, TensorSource } from './data/hostTensor.js';
export type { ClassWeightArgument, SampleWeightArgument } from './data/sampleWeights.js';
export {
  NonFiniteLossError,
  type Operation,
  type OptionProblem,
  TrainingOptionsError,
  UnsupportedModelError,
  type UnsupportedPart,
} from './errors.js';
export { type EvaluateArgs, evaluate } from './evaluate.js';
export { fit } from './fit.js';
export type { FitArgs } from './fitOptions.js';
export type { TfjsLayer, TfjsModel } from './model/modelInternals.js';
export type { TracedCall, TracedModel, TracedWeight, TraceOptions } from './model/tracedModel.js';
export { modelInputName, traceLayer, traceModel } from './model/traceModel.js';
export type { LossWeights } from './objective/lossWeights.js';
export type { ParameterGroupArgs, ParameterGroups, ParameterMatch } from './optimizer/parameterGroups.js';
export type { ScheduleArgs } from './optimizer/schedule.js';
export type { OptimizerArgs, TrainingOptions } from './optimizer/trainingOptions.js';
export { type PredictArgs, predict } from './predict.js';
export type { FitCallbacks, YieldEvery } from './training/callbacks.js';
