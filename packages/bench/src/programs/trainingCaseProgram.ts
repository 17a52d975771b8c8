import type { TensorMap } from '@polyneuron/backend';
import {
  gather,
  gradient,
  input,
  mean,
  type Node,
  type Program,
  programOf,
  type Shape,
  state,
} from '@polyneuron/graph';
import {
  createParameters,
  layer,
  loss,
  optimizer,
  parameterSpecs,
  resolveConfig,
  stepOptimizer,
} from '@polyneuron/kernels';
import type { TrainingData, TrainingTask } from '../cases/benchCase.js';
import type { CaseProgram } from './caseProgram.js';
import { compulsoryBytes } from './compulsoryBytes.js';
import { flopsOf } from './counter.js';
import { repeatCyclically } from './repeatRows.js';
import { interpretTraining, trainingTolerance } from './values.js';

const seed = 1;
const checkedSteps = 2;
/** Names of the program's input and of the state that holds the samples. */
export const rowsName = 'rows';
export const xName = 'data:x';
export const yName = 'data:y';
/** Name of the state entry of a weight: `layer0/kernel`. */
export const weightName = (at: number, parameter: string): string => `layer${at}/${parameter}`;

/**
 * A whole training step on rows of a resident data set: forward, mean loss, backward, optimizer.
 *
 * It is what the compiled `fit` of @polyneuron/trainer runs per step, built here from the same records, so that peers
 * without tfjs can run it too.
 */
export function trainingCaseProgram(task: TrainingTask): CaseProgram {
  const data = task.data();
  const { program, initial } = buildStep(task, data, task.batch);
  const weights = namesOfWeights(task, data);
  const distinct = distinctRows(task);
  const allRows = Int32Array.from({ length: data.samples - (data.samples % task.batch) }, (_, row) => row);
  const rows = repeatCyclically(allRows, task.batch);
  const values: TensorMap = { [xName]: data.x, [yName]: data.y, ...initial };
  return {
    program,
    flops: flopsOf(program),
    bytes: compulsoryBytes(program),
    state: values,
    inputs: (runs) => ({ [rowsName]: rows(runs) }),
    check: {
      runs: checkedSteps,
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
function distinctRows({ distinctSamples }: TrainingTask): number[][] {
  return Array.from({ length: checkedSteps }, (_, step) =>
    Array.from({ length: distinctSamples }, (_, at) => step * distinctSamples + at),
  );
}

function fillBatch(rows: readonly number[], batch: number): number[] {
  return Array.from({ length: batch }, (_, at) => rows[at % rows.length]);
}

/** Parameters of each layer, in order, with the input shape that each layer has. */
export function plannedParameters(task: TrainingTask, sampleShape: Shape) {
  let shape = sampleShape;
  return task.layers.map(({ layer: name, config }) => {
    const spec = layer(name);
    const inputShape = shape;
    shape = spec.outputShape(resolveConfig(spec, config), [inputShape]);
    return { spec, config, inputShape, parameters: parameterSpecs(spec, config, [inputShape]) };
  });
}

function namesOfWeights(task: TrainingTask, { xShape }: TrainingData): string[] {
  return plannedParameters(task, xShape.slice(1)).flatMap(({ parameters }, at) =>
    parameters.map(({ name }) => weightName(at, name)),
  );
}

function buildStep(
  task: TrainingTask,
  data: TrainingData,
  batch: number,
): { readonly program: Program; readonly initial: TensorMap } {
  const rows = input(rowsName, { shape: [batch], dtype: 'int32' });
  const x = gather(state(xName, { shape: data.xShape, dtype: 'float32' }), rows);
  const y = gather(state(yName, { shape: data.yShape, dtype: 'float32' }), rows);
  const weights: Record<string, Node> = {};
  const initial: Record<string, Float32Array | Int32Array> = {};
  let output = x;
  plannedParameters(task, data.xShape.slice(1)).forEach(({ spec, config, inputShape, parameters }, at) => {
    const leaves = parameters.map(({ name, shape, dtype = 'float32' }) => {
      return [name, state(weightName(at, name), { shape, dtype })] as const;
    });
    for (const [name, leaf] of leaves) weights[weightName(at, name)] = leaf;
    const first = createParameters(spec, config, [inputShape], seed, `layer${at}`);
    for (const [name, values] of Object.entries(first)) initial[weightName(at, name)] = values;
    const context = { config: resolveConfig(spec, config), parameters: Object.fromEntries(leaves) };
    output = spec.forward({ ...context, inputs: [output], isTraining: true }).output;
  });
  const value = mean(loss(task.loss).perSample(y, output));
  const gradients = gradient(value, Object.values(weights));
  const stepped = stepOptimizer({
    spec: optimizer(task.optimizer.name),
    config: { learningRate: task.optimizer.learningRate },
    parameters: weights,
    gradients: Object.fromEntries(Object.keys(weights).map((name, at) => [name, gradients[at]])),
  });
  for (const [name, { spec, initialValue }] of Object.entries(stepped.state)) {
    if (initialValue !== 0)
      initial[name] = new Float32Array(spec.shape.reduce((a, b) => a * b, 1)).fill(initialValue);
  }
  const program = programOf('trainingStep', { loss: value }, { ...stepped.parameters, ...stepped.updates });
  return { program, initial };
}
