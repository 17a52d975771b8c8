export type {
  Contender,
  ExperimentContext,
  ExperimentResult,
  ExperimentSpec,
  Figure,
  Metrics,
  Published,
} from '@polyneuron/experiments';
export { experiments } from '@polyneuron/experiments';
export { createProgram } from './createProgram.js';
export { type ExitName, exitCodes } from './exitCodes.js';
export type { Environment, Report } from './output/results.js';
export { renderReport } from './report/report.js';
export { runCommandLine } from './runCommandLine.js';
