import { type Backend, createReferenceBackend } from '@polyneuron/backend';
import { buildNetwork, initialWeights } from '../network/buildNetwork.js';
import { objectiveOf } from '../programs/objective.js';
import { rateName, rowsName, trainingProgram, xName, yName } from '../programs/trainingProgram.js';

/**
 * |actual - expected| <= limit (1 + |expected|) for weights of order 1 after two steps in float32: the bound that this
 * project uses for training runs (1e-4) .
 */
const limit = 1e-4;
const steps = 2;

/** What is trained: 'wide' is enough work for several threads to share. */
export type SelfTestSize = 'small' | 'wide';

interface Sample {
  readonly inputs: number;
  readonly batch: number;
  readonly layer: string;
  readonly units: number;
}

const sizes: { readonly [K in SelfTestSize]: Sample } = {
  small: { inputs: 2, batch: 3, layer: 'quadraticForm', units: 2 },
  wide: { inputs: 128, batch: 64, layer: 'dense', units: 8 },
};

/**
 * Trains a small net for two steps and compares its weights with those of the float64 interpreter.
 *
 * Returns why the backend is not to be used, or undefined.
 */
export async function selfTest(backend: Backend, size: SelfTestSize = 'small'): Promise<string | undefined> {
  try {
    const [expected, actual] = [
      await trainOn(createReferenceBackend(), sizes[size]),
      await trainOn(backend, sizes[size]),
    ];
    const wrong = expected.findIndex(
      (value, at) => !(Math.abs(actual[at] - value) <= limit * (1 + Math.abs(value))),
    );
    return wrong < 0 ? undefined : 'its results differ from those of the float64 interpreter';
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] : String(error);
  }
}

async function trainOn(backend: Backend, { inputs, batch, layer, units }: Sample): Promise<number[]> {
  const plan = [
    { layer, config: { units, activation: 'tanh' }, part: 0 },
    { layer: 'dense', config: { units: 1 }, part: 1 },
  ];
  const network = buildNetwork(plan, inputs);
  const samples = batch * steps + 1;
  const { program, slots } = trainingProgram(network, objectiveOf('binary', 'logistic'), samples, {
    optimizer: 'adam',
    batch,
    decay: 0.01,
    clip: 1,
  });
  const executable = await backend.compile(program);
  try {
    const x = Float32Array.from({ length: inputs * samples }, (_, at) => ((at * 5) % 7) / 3 - 1);
    const y = Float32Array.from({ length: samples }, (_, at) => at % 2);
    const values = { [xName]: x, [yName]: y, [rateName]: Float32Array.of(0.1), ...slots };
    const state = { ...values, ...initialWeights(network, 1, 'selfTest') };
    for (const [name, data] of Object.entries(state)) executable.write(name, data);
    const rows = Int32Array.from({ length: batch * steps }, (_, at) => (3 * at) % samples);
    await executable.scan(steps, { [rowsName]: rows });
    const weights = await Promise.all(network.places.map(({ name }) => executable.read(name)));
    return weights.flatMap((data) => Array.from(data));
  } finally {
    executable.dispose();
  }
}
