export { checkRules } from './claims/checkRules.js';
export type { Check, Claim, ClaimSheet } from './claims/claim.js';
export { claimSheets } from './claims/claimSheets.js';
export {
  type ClaimVerdict,
  type ExperimentVerdict,
  figureOf,
  type JudgedClaim,
  judgeClaims,
  judgeExperiment,
} from './claims/judgeClaims.js';
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
