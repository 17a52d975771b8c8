import type { Backend } from '@polyneuron/backend';
import { type Node, sizeOf } from '@polyneuron/graph';
import { SpecLayer } from '@polyneuron/layers';
import { readSamples, type SampleRows, type Samples } from '../sampleData.js';
import { elementCount, type Subject, traceSubject } from '../subject.js';
import { withBackend } from '../withBackend.js';
import {
  requireFloats,
  requireNames,
  requireOutput,
  requireWord,
  samplesNeeded,
} from './interactionChecks.js';
import { groupsOf, type InteractionUnit, reduceToGroups } from './interactionGroups.js';
import { secondDerivative } from './secondDerivative.js';
import { secondDerivativeTotals } from './secondDerivativeTotals.js';

export interface InteractionMatrixOptions {
  /** Where to take derivatives; needed unless they are the same everywhere. */
  readonly samples?: Samples;
  /** Over samples, outputs and, for fields, their elements: mean of |∂²y|, or root of the mean of squares. default 'mean' */
  readonly statistic?: 'mean' | 'rms';
  /** default: 'field' for a layer whose record takes fields, else 'element' */
  readonly unit?: InteractionUnit;
  /** One element of the outputs, row-major, all outputs in order. default: all of them together */
  readonly output?: number;
  /** One per element or field. default x0, x1, ... or field0, field1, ... */
  readonly names?: readonly string[];
  /** Shapes of the inputs without the batch axis, where the model leaves extents free. */
  readonly inputShapes?: readonly (readonly number[])[];
  /** default: tfjs, op by op, on its active backend */
  readonly backend?: Backend;
}

/** Plain data: it survives JSON. */
export interface InteractionMatrix {
  readonly names: readonly string[];
  /** values[i][j], symmetric. */
  readonly values: readonly (readonly number[])[];
  readonly statistic: 'mean' | 'rms';
  readonly unit: InteractionUnit;
  /** The same at every sample: the subject has degree 2 or less. */
  readonly isInputIndependent: boolean;
}

/** Rows per run: every sample takes one row per element. */
const rowLimit = 4096;

/**
 * How strongly pairs of inputs act together in a model or a layer.
 *
 * mean  M[i][j] = 1/(S m) Σ_s Σ_k |∂²y_k(x_s) / ∂x_i ∂x_j|
 * rms   M[i][j] = √(1/(S m) Σ_s Σ_k (∂²y_k(x_s) / ∂x_i ∂x_j)²)
 *
 * over S samples and m elements of the outputs. A term c x_i x_j counts |c| at (i, j) and (j, i), a term c x_i² counts
 * 2|c| at (i, i): the diagonal is the squares. With unit 'field', entry (f, g) is the same mean, or rms, over the D × D
 * pairs of their elements too. The derivatives are those of the graph's own derivative, so they are exact but for the
 * backend's rounding; where they do not depend on the inputs, which is so up to degree 2, no samples are needed.
 *
 * Shapes   inputs with n elements per sample → [n, n]; with unit 'field' [..., F, D] → [F, F], inputs after each other
 * Cost     m runs of two derivatives for S·n rows
 * Pitfalls relu and other pieces of straight lines have second derivative 0 wherever they have one: only products
 *          show. Inputs that are ids (int32) have no derivative: take the layer behind the embedding.
 * Throws   ValueError where samples are needed and missing, and on options that are none; ShapeError on samples and
 *          names that do not fit; UnsupportedModelError for layers without a record; ProgramError for a layer that is
 *          not part of a model
 *
 * @example
 * const { values } = await interactionMatrix(layer); // y = x0² + 3 x0 x1: [[2, 3], [3, 0]]
 */
export async function interactionMatrix(
  subject: Subject,
  options: InteractionMatrixOptions = {},
): Promise<InteractionMatrix> {
  const { samples, statistic = 'mean', unit = defaultUnit(subject), output, inputShapes, backend } = options;
  requireWord('statistic', statistic, ['mean', 'rms']);
  requireWord('unit', unit, ['element', 'field']);
  const shapes = inputShapes && { inputShapes };
  const { traced: single } = await traceSubject(subject, { batch: 1, ...shapes });
  requireFloats(single.inputs);
  const n = elementCount(single.inputs);
  const outputs = requireOutput(output, elementCount(single.outputs));
  const { dependsOnInputs } = secondDerivative(single);
  if (dependsOnInputs && !samples) throw samplesNeeded();
  const groups = groupsOf(single.inputs, unit);
  const names = requireNames(options.names, groups, unit);
  // Read although they may not matter: a mistake in them is one in any case
  const given = samples && (await readSamples('interactionMatrix', samples, single.inputs));
  const rows = given && dependsOnInputs ? given : originOf(single.inputs);
  const perRun = Math.min(rows.count, Math.max(1, Math.floor(rowLimit / n)));
  const traced = await traceSubject(subject, { batch: perRun * n, ...shapes });
  const totals = await withBackend(backend, (one) =>
    secondDerivativeTotals(one, traced, secondDerivative(traced.traced), rows, {
      n,
      perRun,
      outputs,
      statistic,
    }),
  );
  return {
    names,
    values: reduceToGroups(totals, n, groups, rows.count * outputs.length, statistic),
    statistic,
    unit,
    isInputIndependent: !dependsOnInputs,
  };
}

const defaultUnit = (subject: Subject): InteractionUnit =>
  subject instanceof SpecLayer && subject.spec.inputKind === 'fields' ? 'field' : 'element';

/** What stands for a sample where derivatives are the same everywhere. */
const originOf = (inputs: readonly Node[]): SampleRows => ({
  count: 1,
  inputs: inputs.map(({ shape }) => new Float32Array(sizeOf(shape))),
});
