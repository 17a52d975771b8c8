/** @file Every optimizer, each with the options that change its arithmetic, and clipping, against the interpreter. */
import type { TensorData } from '@polyneuron/backend';
import {
  defineProgram,
  einsum,
  gradient,
  input,
  interpret,
  mean,
  type Node,
  type Program,
  sizeOf,
  square,
  state,
  sub,
  type TensorSpec,
  tanh,
} from '@polyneuron/graph';
import {
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  type Dialect,
  type OptimizerName,
  type OptimizerSpec,
  type OptimizerState,
  optimizers,
  stepOptimizer,
} from '@polyneuron/kernels';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { backendOf, collect, type Findings } from './backends.js';

const sizes = [0, 1, 3, 8, 65];
const steps = 3;
const dialects: readonly Dialect[] = ['tfjs', 'keras'];

/** Each optimizer takes those that it knows. */
export const optimizerOptions = [
  {},
  { useNesterov: true },
  { centered: true, momentum: 0.9 },
  { epsilonPlacement: 'outside' },
  { decay: 0.1 },
] as const;

const knows = ({ defaults }: OptimizerSpec, options: object) =>
  Object.keys(options).every((option) => option in defaults);

interface Training {
  readonly title: string;
  readonly program: Program;
  readonly initial: Readonly<Record<string, OptimizerState>>;
}

const stateSpecs = (entries: Readonly<Record<string, OptimizerState>>): Record<string, TensorSpec> =>
  Object.fromEntries(Object.entries(entries).map(([name, { spec }]) => [name, spec]));

/** Parameters of several sizes whose gradients are fed. */
function ruleOf(spec: OptimizerSpec, options: object, dialect: Dialect): Training {
  const nodes = (make: (name: string, spec: TensorSpec) => Node, prefix = '') =>
    Object.fromEntries(
      sizes.map((size, at) => [`p${at}`, make(`${prefix}p${at}`, { shape: [size], dtype: 'float32' })]),
    );
  const parameters = nodes(state);
  const gradients = nodes(input, 'gradient:');
  const step = stepOptimizer({ spec, config: { ...options, dialect }, parameters, gradients });
  const specs = (prefix: string): Record<string, TensorSpec> =>
    Object.fromEntries(
      sizes.map((size, at) => [`${prefix}p${at}`, { shape: [size], dtype: 'float32' }] as const),
    );
  return {
    title: `${spec.name} ${dialect} ${JSON.stringify(options)}`,
    program: {
      name: spec.name,
      inputs: specs('gradient:'),
      state: { ...specs(''), ...stateSpecs(step.state) },
      outputs: {},
      updates: { ...step.parameters, ...step.updates },
    },
    initial: step.state,
  };
}

/** A network whose second layer is large enough to go by blocks. */
function networkOf(
  title: string,
  spec: OptimizerSpec,
  clip?: Parameters<typeof stepOptimizer>[0]['clip'],
): Training {
  const weights: Record<string, TensorSpec> = {
    v: { shape: [4, 32], dtype: 'float32' },
    w: { shape: [32, 64], dtype: 'float32' },
  };
  const leaves = { v: state('v', weights.v), w: state('w', weights.w) };
  const x = input('x', { shape: [16, 4], dtype: 'float32' });
  const y = input('y', { shape: [16, 64], dtype: 'float32' });
  const hidden = tanh(einsum('bi,ih->bh', x, leaves.v));
  const loss = mean(square(sub(einsum('bh,ho->bo', hidden, leaves.w), y)));
  const [v, w] = gradient(loss, [leaves.v, leaves.w]);
  const step = stepOptimizer({ spec, parameters: leaves, gradients: { v, w }, ...(clip && { clip }) });
  const program = defineProgram({
    name: title,
    inputs: { x, y },
    state: { ...weights, ...stateSpecs(step.state) },
    build: () => ({ outputs: { loss }, updates: { ...step.parameters, ...step.updates } }),
  });
  return { title, program, initial: step.state };
}

/** The rule of one optimizer over parameters of several sizes, and a network trained by it. */
export async function optimizerConformance(name: OptimizerName): Promise<Findings> {
  const spec: OptimizerSpec = optimizers[name];
  const rules = dialects.flatMap((dialect) =>
    optimizerOptions
      .filter((options) => knows(spec, options))
      .map((options) => ruleOf(spec, options, dialect)),
  );
  return check([...rules, networkOf(`network with ${name}`, spec)]);
}

/** A network whose gradients are clipped in each of the three ways. */
export async function clippingConformance(): Promise<Findings> {
  return check([
    networkOf('clipByValue', optimizers.sgd, clipByValue(0.001)),
    networkOf('clipByNorm', optimizers.sgd, clipByNorm(0.05)),
    networkOf('clipByGlobalNorm', optimizers.sgd, clipByGlobalNorm(0.05)),
  ]);
}

const check = (trainings: readonly Training[]): Promise<Findings> =>
  collect(trainings.map((training) => ({ title: training.title, check: () => compareTraining(training) })));

const makeArray = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** Three steps by `scan` against the interpreter's. */
async function compareTraining({ program, initial }: Training): Promise<void> {
  const random = testRandom(2);
  const draw = (shape: readonly number[], count = 1) =>
    Float32Array.from(random.normals(count * sizeOf(shape)), (value) => value / 4);
  const start: Record<string, TensorData> = Object.fromEntries(
    Object.entries(program.state).map(([name, { shape }]) => [name, draw(shape)]),
  );
  for (const [name, { spec, initialValue }] of Object.entries(initial))
    start[name] = new makeArray[spec.dtype](sizeOf(spec.shape)).fill(initialValue);
  const fed = Object.fromEntries(
    Object.entries(program.inputs).map(([name, { shape }]) => [name, draw(shape, steps)]),
  );
  let expected: Readonly<Record<string, ArrayLike<number>>> = start;
  for (let step = 0; step < steps; step++) {
    const inputs = Object.fromEntries(
      Object.entries(program.inputs).map(([name, { shape }]) => [
        name,
        fed[name].subarray(step * sizeOf(shape), (step + 1) * sizeOf(shape)),
      ]),
    );
    expected = interpret(program, { inputs, state: expected }).state;
  }
  const executable = await backendOf('webgl').compile(program);
  for (const [name, data] of Object.entries(start)) executable.write(name, data);
  await executable.scan(steps, fed);
  for (const [name, values] of Object.entries(expected))
    expectClose(await executable.read(name), values, tolerances.float32.trainingRun);
  executable.dispose();
}
