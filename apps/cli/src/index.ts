export { createProgram } from './createProgram.js';
export { type ExitName, exitCodes } from './exitCodes.js';
export type { ExperimentContext, ExperimentSpec } from './experiments/experimentSpec.js';
export { experiments } from './experiments/experiments.js';
export type {
  Contender,
  Environment,
  ExperimentResult,
  Figure,
  Metrics,
  Published,
  Report,
} from './experiments/result.js';
export { renderReport } from './report/report.js';
export { runCommandLine } from './runCommandLine.js';
