export type { ExperimentContext, ExperimentSpec } from './experimentSpec.js';
export { experiments } from './experiments.js';
export type { ImageSet, ImageSource } from './images.js';
export { classificationMetrics, type Predictions, regressionMetrics } from './measure.js';
export { type Progress, silentProgress } from './progress.js';
export {
  type InteractionReading,
  isRead,
  type ModelReading,
  type PolynomialReading,
  type Unread,
} from './reading/modelReading.js';
export { type ReadModelOptions, readModel } from './reading/readModel.js';
export type {
  Contender,
  ContenderReading,
  ExperimentResult,
  Figure,
  Metrics,
  Published,
} from './result.js';
export {
  type LearningRate,
  type OptimizerChoice,
  optimizerNames,
  type Samples,
  type Trained,
  type TrainingPlan,
  trainContender,
} from './trainContender.js';
