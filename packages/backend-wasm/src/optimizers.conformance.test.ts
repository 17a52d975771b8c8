/** @file Every optimizer: its rule alone over parameters of many sizes, and inside the step of a small network. */
import type { TensorData } from '@polyneuron/backend';
import {
  defineProgram,
  einsum,
  gradient,
  input,
  interpret,
  mean,
  type Program,
  sizeOf,
  square,
  state,
  sub,
  tanh,
} from '@polyneuron/graph';
import {
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  type Dialect,
  type OptimizerSpec,
  type OptimizerState,
  optimizers,
  stepOptimizer,
} from '@polyneuron/kernels';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { drawValues } from './testing/expectAsInterpreted.js';
import { kernelKinds } from './testing/programForms.js';
import { simdVariants } from './testing/simdVariants.js';
import { createWasmBackend } from './wasmBackend.js';

const sizes = [0, 1, 3, 4, 5, 7, 8, 9, 17, 64, 65];
const steps = 3;
const all: readonly OptimizerSpec[] = Object.values(optimizers);
const dialects: readonly Dialect[] = ['tfjs', 'keras'];

/** Options that change the arithmetic of some optimizers; each takes those that it knows. */
const options = [
  {},
  { useNesterov: true },
  { centered: true, momentum: 0.9 },
  { epsilonPlacement: 'outside' },
  { decay: 0.1 },
];

interface Training {
  readonly program: Program;
  readonly initial: Readonly<Record<string, OptimizerState>>;
}

/** Parameters p0, p1, ... of the given sizes, whose gradients are inputs. */
function ruleOf(spec: OptimizerSpec, config: object, dialect: Dialect): Training {
  const named = (make: typeof state, prefix: string) =>
    Object.fromEntries(
      sizes.map((size, at) => [`p${at}`, make(`${prefix}p${at}`, { shape: [size], dtype: 'float32' })]),
    );
  const parameters = named(state, '');
  const step = stepOptimizer({
    spec,
    config: { ...config, dialect },
    parameters,
    gradients: named(input, 'gradient:'),
  });
  const specsOf = (nodes: typeof parameters, prefix: string) =>
    Object.fromEntries(
      Object.entries(nodes).map(([name, { shape, dtype }]) => [prefix + name, { shape, dtype }]),
    );
  const program: Program = {
    name: spec.name,
    inputs: specsOf(parameters, 'gradient:'),
    state: {
      ...specsOf(parameters, ''),
      ...Object.fromEntries(Object.entries(step.state).map(([name, entry]) => [name, entry.spec])),
    },
    outputs: {},
    updates: { ...step.parameters, ...step.updates },
  };
  return { program, initial: step.state };
}

/** A network of two layers on batches of nine. */
function networkOf(spec: OptimizerSpec, clip: Parameters<typeof stepOptimizer>[0]['clip']): Training {
  const weights = {
    v: { shape: [4, 3], dtype: 'float32' },
    w: { shape: [3, 2], dtype: 'float32' },
  } as const;
  const leaves = { v: state('v', weights.v), w: state('w', weights.w) };
  const x = input('x', { shape: [9, 4], dtype: 'float32' });
  const y = input('y', { shape: [9, 2], dtype: 'float32' });
  const hidden = tanh(einsum('bi,ih->bh', x, leaves.v));
  const loss = mean(square(sub(einsum('bh,ho->bo', hidden, leaves.w), y)));
  const [v, w] = gradient(loss, [leaves.v, leaves.w]);
  const step = stepOptimizer({ spec, parameters: leaves, gradients: { v, w }, ...(clip && { clip }) });
  const program = defineProgram({
    name: `network with ${spec.name}`,
    inputs: { x, y },
    state: {
      ...weights,
      ...Object.fromEntries(Object.entries(step.state).map(([name, entry]) => [name, entry.spec])),
    },
    build: () => ({ outputs: { loss }, updates: { ...step.parameters, ...step.updates } }),
  });
  return { program, initial: step.state };
}

const makeArray = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

describe.each(simdVariants())('wasm, relaxed: %s', (relaxed) => {
  const backend = createWasmBackend({ relaxed });

  /** Three steps by `scan` and by `run`, against the interpreter's. */
  async function expectSameTraining({ program, initial }: Training, title: string): Promise<void> {
    const start: Record<string, TensorData> = drawValues(program.state, 2);
    for (const [name, { spec, initialValue }] of Object.entries(initial))
      start[name] = new makeArray[spec.dtype](sizeOf(spec.shape)).fill(initialValue);
    const random = testRandom(4);
    const fed = Array.from({ length: steps }, () => drawValues(program.inputs, random.integer(1000)));
    let expected = { state: start as Record<string, ArrayLike<number>> };
    for (const inputs of fed) expected = interpret(program, { inputs, state: expected.state });
    const executable = await backend.compile(program);
    const compare = async (how: string) => {
      for (const [name, values] of Object.entries(expected.state)) {
        try {
          expectClose(await executable.read(name), values, tolerances.float32.trainingRun);
        } catch (error) {
          throw new Error(`${title} by ${how}, ${name}: ${(error as Error).message}`);
        }
      }
    };
    const reset = () => {
      for (const [name, data] of Object.entries(start)) executable.write(name, data);
    };
    reset();
    for (const inputs of fed) await executable.run(inputs);
    await compare('run');
    reset();
    const stacked = Object.fromEntries(
      Object.keys(program.inputs).map((name) => [
        name,
        Float32Array.from(fed.flatMap((inputs) => Array.from(inputs[name]))),
      ]),
    );
    await executable.scan(steps, stacked);
    await compare('scan');
    executable.dispose();
  }

  it.each(all)('$name moves parameters of every size', async (spec) => {
    for (const dialect of dialects) {
      for (const config of options) {
        if (!Object.keys(config).every((option) => option in spec.defaults)) continue;
        await expectSameTraining(ruleOf(spec, config, dialect), `${dialect} ${JSON.stringify(config)}`);
      }
    }
  });

  it.each(all)('$name trains a small network across lanes', async (spec) => {
    const training = networkOf(spec, undefined);
    expect(kernelKinds(training.program)).toContain('lanes');
    await expectSameTraining(training, 'network');
  });

  it.each([
    ['clipByValue', clipByValue(0.05)],
    ['clipByNorm', clipByNorm(0.05)],
    ['clipByGlobalNorm', clipByGlobalNorm(0.05)],
  ])('%s clips the gradients of a small network', async (name, clip) => {
    await expectSameTraining(networkOf(optimizers.sgd, clip), name);
  });
});

describe('the options that are tried', () => {
  it('are known to one optimizer at least', () => {
    const known = options.filter((config) =>
      all.some(({ defaults }) => Object.keys(config).every((option) => option in defaults)),
    );
    expect(known).toEqual(options);
  });

  it('leave no update of a parameter through a copy', () => {
    for (const spec of all) {
      const { program } = ruleOf(spec, {}, 'tfjs');
      expect([...kernelKinds(program)]).toEqual(['loop']);
    }
  });
});
