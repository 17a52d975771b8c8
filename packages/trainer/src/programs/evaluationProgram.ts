import { type Program, programOf } from '@polyneuron/graph';
import type { ModelInternals } from '../model/modelInternals.js';
import type { TracedModel } from '../model/tracedModel.js';
import { traceInternals } from '../model/traceModel.js';
import type { Objective } from '../objective/objectives.js';
import { type BatchProgramOptions, batchGraph, quantityName } from './batchProgram.js';

export interface TracedProgram {
  readonly program: Program;
  readonly traced: TracedModel;
}

/** Loss and metrics of one batch, without penalties, as tfjs evaluates. */
export function evaluationProgram(
  model: ModelInternals,
  objectives: readonly Objective[],
  options: Omit<BatchProgramOptions, 'isTraining'>,
): TracedProgram {
  const { traced, loss, quantities } = batchGraph(model, objectives, { ...options, isTraining: false });
  const outputs = Object.fromEntries([loss, ...quantities].map((node, at) => [quantityName(at), node]));
  return { traced, program: withWeights(programOf('evaluationStep', outputs, traced.updates), traced) };
}

/** Outputs of the model for one batch. */
export function predictionProgram(
  model: ModelInternals,
  batch: number,
  inputShapes: readonly (readonly number[])[],
): TracedProgram {
  const traced = traceInternals(model, { batch, inputShapes });
  const outputs = Object.fromEntries(traced.outputs.map((node, at) => [predictionName(at), node]));
  return { traced, program: withWeights(programOf('prediction', outputs, traced.updates), traced) };
}

export const predictionName = (at: number): string => `y${at}`;

/** Declares every weight, those that the formula happens not to read too: callers write state by name. */
export function withWeights(program: Program, { weights }: TracedModel): Program {
  return {
    ...program,
    state: { ...program.state, ...Object.fromEntries(weights.map(({ state, spec }) => [state, spec])) },
  };
}
