import type { TensorMap } from '@polyneuron/backend';
import type { Shape } from '@polyneuron/graph';
import { optimizer, optimizers, resolveConfig } from '@polyneuron/kernels';
import type { TaskKind } from '../../cases/benchCase.js';
import type { OpenedTask } from '../../programs/caseProgram.js';
import { convolutionResults, convolutionShapes } from '../../programs/convolutionCaseProgram.js';
import { predictionsName, samplesName } from '../../programs/inferenceCaseProgram.js';
import { operandNames, operandShapes } from '../../programs/matMulCaseProgram.js';
import { type Network, plannedParameters, weightName } from '../../programs/network.js';
import { rowsName, xName, yName } from '../../programs/trainingCaseProgram.js';
import type { Message } from './pythonProcess.js';
import { encodeTensor, type WireTensor } from './wireTensor.js';

const descriptions: { readonly [K in TaskKind]: (opened: OpenedTask<K>) => Message | undefined } = {
  training: describeTraining,
  lift: describeLift,
  matMul: describeProduct,
  layer: () => undefined,
  convolution: describeConvolution,
  inference: describeInference,
  compile: (opened) => ({ ...describeTraining(trainingIn(opened)), kind: 'compile' }),
  convergence: describeConvergence,
};

/**
 * A case as a message: shapes, first weights, data, optimizer and loss of the harness's own program, and the rows of
 * the check. undefined: no Python peer takes such a task.
 */
export function describeTask<K extends TaskKind>(opened: OpenedTask<K>): Message | undefined {
  const describe = descriptions[opened.task.kind] as (opened: OpenedTask<K>) => Message | undefined;
  return describe(opened);
}

function describeTraining({ task, program, state, check }: OpenedTask<'training'>): Message {
  const { name, learningRate } = task.optimizer;
  const sampleShape = program.state[xName].shape.slice(1);
  const tensorOf = (entry: string) => encodeTensor(state[entry] as Float32Array, program.state[entry].shape);
  return {
    kind: 'training',
    loss: task.loss,
    optimizer: { ...optimizer(name).defaults, name, learningRate },
    batch: task.batch,
    layers: describeLayers(task, sampleShape, state),
    x: tensorOf(xName),
    y: tensorOf(yName),
    checkRows: encodeRows(check.inputs[rowsName] as Int32Array),
  };
}

function describeLayers(network: Network, sampleShape: Shape, state: TensorMap): readonly Message[] {
  return plannedParameters(network, sampleShape).map(({ spec, config, parameters }, at) => ({
    layer: spec.name,
    config: resolveConfig(spec, config),
    prefix: weightName(at, ''),
    weights: Object.fromEntries(
      parameters.map(({ name, shape }) => {
        return [name, encodeTensor(state[weightName(at, name)] as Float32Array, shape)];
      }),
    ),
  }));
}

/** The training that a task is about, in the case's own numbers. */
function trainingIn(opened: OpenedTask<'compile' | 'convergence'>): OpenedTask<'training'> {
  return { ...opened, task: opened.task.training };
}

function describeConvergence(opened: OpenedTask<'convergence'>): Message {
  const { goal, stride, mostSteps } = opened.task;
  return { ...describeTraining(trainingIn(opened)), kind: 'convergence', goal, stride, mostSteps };
}

function describeInference({ task, program, state, check }: OpenedTask<'inference'>): Message {
  const { shape } = program.inputs[samplesName];
  return {
    kind: 'inference',
    layers: describeLayers(task, shape.slice(1), state),
    x: encodeTensor(check.inputs[samplesName] as Float32Array, shape),
    output: predictionsName,
  };
}

function describeConvolution({ task, state }: OpenedTask<'convolution'>): Message {
  const { direction, kernelSize, strides, padding } = task;
  const operands = Object.entries(convolutionShapes(task))
    .filter(([name]) => name in state)
    .map(([name, shape]) => [name, encodeTensor(state[name] as Float32Array, shape)]);
  return {
    kind: 'convolution',
    ...{ direction, kernelSize, strides, padding },
    names: convolutionResults,
    ...Object.fromEntries(operands),
  };
}

function describeLift({ task, program, state, check }: OpenedTask<'lift'>): Message {
  const { x, xShape, y, samples } = task.data();
  return {
    kind: 'lift',
    optimizer: optimizers.rmsprop.defaults,
    batch: 1,
    weights: Object.fromEntries(
      check.names.map((name) => [name, encodeTensor(state[name] as Float32Array, program.state[name].shape)]),
    ),
    x: encodeTensor(x, xShape),
    y: encodeTensor(y, [samples, 1]),
    // The check's samples are the first ones of the case.
    checkRows: encodeRows(Int32Array.from({ length: check.runs }, (_, row) => row)),
  };
}

function describeProduct({ task, state }: OpenedTask<'matMul'>): Message {
  const shapes = operandShapes(task);
  const operand = (name: 'a' | 'b') => encodeTensor(state[operandNames[name]] as Float32Array, shapes[name]);
  return { kind: 'matMul', form: task.form, a: operand('a'), b: operand('b') };
}

function encodeRows(rows: Int32Array): WireTensor {
  return encodeTensor(rows, [rows.length]);
}
