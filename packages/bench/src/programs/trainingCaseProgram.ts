import type { TensorMap } from '@polyneuron/backend';
import { gather, gradient, input, mean, type Program, programOf, sizeOf, state } from '@polyneuron/graph';
import { loss, optimizer, stepOptimizer } from '@polyneuron/kernels';
import type { TrainingData, TrainingTask } from '../cases/benchCase.js';
import type { CaseProgram } from './caseProgram.js';
import { compulsoryBytes } from './compulsoryBytes.js';
import { flopsOf } from './counter.js';
import { applyNetwork, firstWeights } from './network.js';
import { repeatCyclically } from './repeatRows.js';
import { interpretTraining, trainingTolerance } from './values.js';

const defaultCheckedSteps = 2;
/** Names of the program's input and of the state that holds the samples. */
export const rowsName = 'rows';
export const xName = 'data:x';
export const yName = 'data:y';

/**
 * A whole training step on rows of a resident data set: forward, mean loss, backward, optimizer.
 *
 * It is what the compiled `fit` of @polyneuron/trainer runs per step, built here from the same records, so that peers
 * without tfjs can run it too.
 */
export function trainingCaseProgram(task: TrainingTask): CaseProgram {
  const data = task.data();
  const { program, slots } = buildStep(task, data, task.batch);
  const first = firstWeights(task, data.xShape.slice(1));
  const weights = Object.keys(first);
  const distinct = distinctRows(task);
  const allRows = Int32Array.from({ length: data.samples - (data.samples % task.batch) }, (_, row) => row);
  const rows = repeatCyclically(allRows, task.batch);
  const values: TensorMap = { [xName]: data.x, [yName]: data.y, ...first, ...slots };
  return {
    program,
    oneRun: { kind: 'execution' },
    flops: flopsOf(program),
    bytes: compulsoryBytes(program),
    state: values,
    inputs: (runs) => ({ [rowsName]: rows(runs) }),
    check: {
      runs: distinct.length,
      inputs: { [rowsName]: Int32Array.from(distinct.flatMap((one) => fillBatch(one, task.batch))) },
      names: weights,
      tolerance: trainingTolerance,
      reference: () =>
        interpretTraining(
          buildStep(task, data, task.distinctSamples).program,
          values,
          distinct.map((one) => ({ [rowsName]: one })),
          weights,
        ),
    },
  };
}

/** Rows of each checked step without repetitions. */
function distinctRows({ distinctSamples, checkedSteps = defaultCheckedSteps }: TrainingTask): number[][] {
  return Array.from({ length: checkedSteps }, (_, step) =>
    Array.from({ length: distinctSamples }, (_, at) => step * distinctSamples + at),
  );
}

function fillBatch(rows: readonly number[], batch: number): number[] {
  return Array.from({ length: batch }, (_, at) => rows[at % rows.length]);
}

/** The program of a step on `batch` rows, and the first values of the optimizer that are not zeros. */
export function buildStep(
  task: TrainingTask,
  data: Pick<TrainingData, 'xShape' | 'yShape'>,
  batch: number,
): { readonly program: Program; readonly slots: TensorMap } {
  const rows = input(rowsName, { shape: [batch], dtype: 'int32' });
  const x = gather(state(xName, { shape: data.xShape, dtype: 'float32' }), rows);
  const y = gather(state(yName, { shape: data.yShape, dtype: 'float32' }), rows);
  const { output, weights } = applyNetwork(task, x, true);
  const value = mean(loss(task.loss).perSample(y, output));
  const gradients = gradient(value, Object.values(weights));
  const stepped = stepOptimizer({
    spec: optimizer(task.optimizer.name),
    config: { learningRate: task.optimizer.learningRate },
    parameters: weights,
    gradients: Object.fromEntries(Object.keys(weights).map((name, at) => [name, gradients[at]])),
  });
  const slots: Record<string, Float32Array> = {};
  for (const [name, { spec, initialValue }] of Object.entries(stepped.state)) {
    if (initialValue !== 0) slots[name] = new Float32Array(sizeOf(spec.shape)).fill(initialValue);
  }
  const program = programOf('trainingStep', { loss: value }, { ...stepped.parameters, ...stepped.updates });
  return { program, slots };
}
