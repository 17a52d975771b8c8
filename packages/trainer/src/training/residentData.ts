/** @file A data set as it lies on the device: inputs, targets and sample weights, in the dtypes that programs read. */
import type { Executable, TensorData } from '@polyneuron/backend';
import type { TensorSpec } from '@polyneuron/graph';
import { classIndices, requireFinite } from '../data/checkValues.js';
import { type DataSource, type HostTensor, sliceRows } from '../data/hostTensor.js';
import type { OutputWeights } from '../data/sampleWeights.js';
import { type Port, requireEqualSamples, standardizeData } from '../data/standardize.js';
import type { Operation } from '../errors.js';
import type { ModelInternals } from '../model/modelInternals.js';
import type { Objectives } from '../objective/objectives.js';
import {
  type BatchProgramOptions,
  inputDataName,
  targetDataName,
  weightDataName,
} from '../programs/batchProgram.js';

export interface ResidentData {
  readonly samples: number;
  readonly inputs: readonly Column[];
  readonly targets: readonly Column[];
  /** Per output. */
  readonly weights: readonly OutputWeights[];
}

export interface Column {
  readonly spec: TensorSpec;
  readonly data: TensorData;
}

/** x and y as the user gave them, in order and of the right shapes. */
export interface HostData {
  readonly inputs: readonly HostTensor[];
  readonly targets: readonly HostTensor[];
}

export function inputPorts({ inputs, inputNames }: ModelInternals): Port[] {
  return inputs.map(({ shape }, at) => ({ name: inputNames[at], shape }));
}

/** Targets have the shape of the output, or one class index in place of its last axis. */
export function targetPorts({ outputs, outputNames }: ModelInternals, { perOutput }: Objectives): Port[] {
  return outputs.map(({ shape }, at) => ({
    name: outputNames[at],
    shape: perOutput[at].loss.targets === 'classIndices' ? [...shape.slice(0, -1), 1] : shape,
  }));
}

export async function readData(
  operation: Operation,
  model: ModelInternals,
  objectives: Objectives,
  x: DataSource,
  y: DataSource,
  [xName, yName]: readonly [string, string] = ['x', 'y'],
): Promise<HostData> {
  const inputs = await standardizeData(operation, xName, x, inputPorts(model));
  const targets = await standardizeData(operation, yName, y, targetPorts(model, objectives));
  requireEqualSamples(operation, { [xName]: inputs[0], [yName]: targets[0] });
  return { inputs, targets };
}

export function samplesOf({ inputs }: HostData): number {
  return inputs[0].shape[0];
}

/** Rows `from` to `to` (exclusive) of everything. */
export function sliceData({ inputs, targets }: HostData, from: number, to: number): HostData {
  return {
    inputs: inputs.map((tensor) => sliceRows(tensor, from, to)),
    targets: targets.map((tensor) => sliceRows(tensor, from, to)),
  };
}

/** Rejects NaN and infinities in inputs, targets and weights. */
export function requireFiniteData(
  operation: Operation,
  model: ModelInternals,
  { inputs, targets }: HostData,
  weights: readonly OutputWeights[],
  [xName, yName]: readonly [string, string] = ['x', 'y'],
): void {
  inputs.forEach((tensor, at) => {
    requireFinite(operation, `${xName} '${model.inputNames[at]}'`, tensor);
  });
  targets.forEach((tensor, at) => {
    requireFinite(operation, `${yName} '${model.outputNames[at]}'`, tensor);
  });
  weights.forEach((data, at) => {
    if (data)
      requireFinite(operation, `sampleWeight '${model.outputNames[at]}'`, { data, shape: [data.length, 1] });
  });
}

/** Converts to the dtypes of programs; class indices are checked against the width of the output. */
export function residentData(
  operation: Operation,
  model: ModelInternals,
  { perOutput }: Objectives,
  data: HostData,
  weights: readonly OutputWeights[],
  yName = 'y',
): ResidentData {
  return {
    samples: samplesOf(data),
    inputs: data.inputs.map((tensor, at) =>
      model.inputs[at].dtype === 'int32' ? integerColumn(tensor) : floatColumn(tensor),
    ),
    targets: data.targets.map((tensor, at) => {
      if (perOutput[at].loss.targets === 'values') return floatColumn(tensor);
      const classes = model.outputs[at].shape.at(-1) as number;
      const indices = classIndices(operation, `${yName} '${model.outputNames[at]}'`, tensor, classes);
      return { spec: { shape: tensor.shape.slice(0, -1), dtype: 'int32' }, data: indices };
    }),
    weights,
  };
}

function floatColumn({ data, shape }: HostTensor): Column {
  return {
    spec: { shape, dtype: 'float32' },
    data: data instanceof Float32Array ? data : Float32Array.from(data),
  };
}

function integerColumn({ data, shape }: HostTensor): Column {
  return { spec: { shape, dtype: 'int32' }, data: data instanceof Int32Array ? data : Int32Array.from(data) };
}

/** What a program must know of the data. A batch is never larger than the set. */
export function batchOptions(
  data: ResidentData,
  batchSize: number,
  lossWeights: readonly number[],
): Omit<BatchProgramOptions, 'isTraining'> {
  const size = Math.min(batchSize, data.samples);
  return {
    batchSize: size,
    samples: data.samples,
    isPadded: data.samples % size !== 0,
    inputs: data.inputs.map(({ spec }) => spec),
    targets: data.targets.map(({ spec }) => spec),
    isWeighted: data.weights.map((weights) => weights !== null),
    lossWeights,
  };
}

/** Uploads the set. */
export function writeData(executable: Executable, { inputs, targets, weights }: ResidentData): void {
  const write = (name: string, data: TensorData) => {
    // An input that no output depends on is not part of the program.
    if (name in executable.program.state) executable.write(name, data);
  };
  inputs.forEach(({ data }, at) => {
    write(inputDataName(at), data);
  });
  targets.forEach(({ data }, at) => {
    write(targetDataName(at), data);
  });
  weights.forEach((data, at) => {
    if (data) write(weightDataName(at), data);
  });
}
