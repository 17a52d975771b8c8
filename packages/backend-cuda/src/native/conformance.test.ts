/** @file Every op on TensorFlow: as a graph of our own, and op by op on stock tfjs-node. */
import { type Backend, type OpSample, opSamples, type TensorMap } from '@polyneuron/backend';
import { createTfjsBackend } from '@polyneuron/backend-tfjs';
import {
  gradientProgram,
  interpret,
  type OpName,
  opInfo,
  opNames,
  type Program,
  sizeOf,
} from '@polyneuron/graph';
import { expectClose, type Tolerance, testRandom, tolerances } from '@polyneuron/testing';
import { engine, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTensorflow, type Tensorflow } from './load/loadTensorflow.js';
import { registerTfjsBackend, tfjsName } from './load/registerTfjsBackend.js';
import { createTensorflowBackend } from './tensorflowBackend.js';
import { hasBinding, warnWithoutBinding } from './testing/foundBinding.js';
import { joinPrograms, type Part } from './testing/joinPrograms.js';

const { exact, elementwise, transcendental, contraction, gradient, secondDerivative } = tolerances.float32;

const transcendentals: readonly OpName[] = [
  'exp',
  'expm1',
  'log',
  'log1p',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'erf',
  'pow',
];

/** Samples sum at most 72 products. */
function valueTolerance(op: OpName): Tolerance {
  if (transcendentals.includes(op)) return transcendental;
  // Literals are rounded to float32
  if (op === 'constant') return elementwise;
  const { kind } = opInfo[op];
  if (kind === 'contraction' || kind === 'reduction' || op === 'scatterAdd') return contraction(72);
  return kind === 'elementwise' ? elementwise : exact;
}

interface Case extends Part {
  readonly what: string;
  readonly tolerance: Tolerance;
}

/** A sample, its gradient and its second gradient, with random cotangents. */
function casesOf(op: OpName, { name, program, inputs, order }: OpSample): Case[] {
  const cases: Case[] = [{ program, inputs, tolerance: valueTolerance(op), what: name }];
  const isDifferentiable = Object.values(program.inputs).some(({ dtype }) => dtype === 'float32');
  if (order === 0 || !isDifferentiable) return cases;
  const first = gradientProgram(program);
  const second = gradientProgram(first);
  return [
    ...cases,
    { program: first, inputs: bind(first, inputs), tolerance: gradient, what: `gradient, ${name}` },
    {
      program: second,
      inputs: bind(second, inputs),
      tolerance: secondDerivative,
      what: `second derivative, ${name}`,
    },
  ];
}

function bind(program: Program, inputs: TensorMap): TensorMap {
  const random = testRandom(7);
  const entries = Object.entries(program.inputs).map(
    ([name, { shape }]) => [name, inputs[name] ?? Float32Array.from(random.normals(sizeOf(shape)))] as const,
  );
  return Object.fromEntries(entries);
}

/** One run, and a scan of two steps with the same inputs, of all cases of an op at once. */
async function compareAll(backend: Backend, op: OpName, cases: readonly Case[]): Promise<void> {
  const { program, inputs } = joinPrograms(op, cases);
  const executable = await backend.compile(program);
  try {
    const once = await executable.run(inputs);
    const twice = await executable.scan(2, twofold(inputs));
    for (const [at, { program: part, inputs: values, tolerance, what }] of cases.entries()) {
      const expected = interpret(part, { inputs: values });
      for (const name in part.outputs) {
        const key = `${at}/${name}`;
        labelled(`${op}, ${what}`, () => expectClose(once[key], expected.outputs[name], tolerance));
        const pair = [...expected.outputs[name], ...expected.outputs[name]];
        labelled(`${op}, ${what}, scanned`, () => expectClose(twice[key], pair, tolerance));
      }
    }
  } finally {
    executable.dispose();
  }
}

function twofold(inputs: TensorMap): TensorMap {
  const entries = Object.entries(inputs).map(([name, values]) => {
    const Kind = values.constructor as Float32ArrayConstructor;
    return [name, Kind.from([...values, ...values])] as const;
  });
  return Object.fromEntries(entries);
}

function labelled(what: string, body: () => void): void {
  try {
    body();
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
  }
}

warnWithoutBinding('the ops on TensorFlow');

/** `state` has no program without state; tensorflowBackend.test.ts has it. */
const stateless = opNames.filter((op) => op !== 'state');

const backends: Readonly<Record<string, () => Promise<Backend>>> = {
  'as a graph': async () => createTensorflowBackend(loadTensorflow()),
  'op by op on stock tfjs-node': async () => {
    registerTfjsBackend();
    expect(await setBackend(tfjsName)).toBe(true);
    return createTfjsBackend({ tfjsBackend: tfjsName });
  },
};

describe.skipIf(!hasBinding).each(Object.keys(backends))('TensorFlow %s', (name) => {
  let tensorflow: Tensorflow;
  beforeAll(() => {
    tensorflow = loadTensorflow({ device: 'cpu' });
  });

  it.each(stateless)('%s: value, first and second derivative', async (op) => {
    const held = () => [
      tensorflow.binding.getNumOfTensors(),
      tensorflow.binding.getNumOfSavedModels(),
      engine().state.numTensors,
    ];
    const backend = await backends[name]();
    const before = held();
    await compareAll(
      backend,
      op,
      opSamples[op].flatMap((sample) => casesOf(op, sample)),
    );
    backend.dispose();
    expect(held()).toEqual(before);
  });
});
