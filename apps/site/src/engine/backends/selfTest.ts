import { type Backend, createReferenceBackend } from '@polyneuron/backend';
import { buildNetwork, initialWeights } from '../network/buildNetwork.js';
import { objectiveOf } from '../programs/objective.js';
import { rateName, rowsName, trainingProgram, xName, yName } from '../programs/trainingProgram.js';

/**
 * |actual - expected| <= limit (1 + |expected|) for weights of order 1 after two steps in float32: the bound that this
 * project uses for training runs (1e-4) .
 */
const limit = 1e-4;
const samples = 7;
const steps = 2;

/**
 * Trains a small quadratic net for two steps and compares its weights with those of the float64 interpreter.
 *
 * Returns why the backend is not to be used, or undefined.
 */
export async function selfTest(backend: Backend): Promise<string | undefined> {
  try {
    const [expected, actual] = [await trainOn(createReferenceBackend()), await trainOn(backend)];
    const wrong = expected.findIndex(
      (value, at) => !(Math.abs(actual[at] - value) <= limit * (1 + Math.abs(value))),
    );
    return wrong < 0 ? undefined : 'its results differ from those of the float64 interpreter';
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] : String(error);
  }
}

async function trainOn(backend: Backend): Promise<number[]> {
  const plan = [
    { layer: 'quadraticForm', config: { units: 2, activation: 'tanh', start: 'calibrated' }, part: 0 },
    { layer: 'dense', config: { units: 1 }, part: 1 },
  ];
  const network = buildNetwork(plan, 2);
  const { program, slots } = trainingProgram(network, objectiveOf('binary', 'logistic'), samples, {
    optimizer: 'adam',
    batch: 3,
    decay: 0.01,
    clip: 1,
  });
  const executable = await backend.compile(program);
  try {
    const x = Float32Array.from({ length: 2 * samples }, (_, at) => ((at * 5) % 7) / 3 - 1);
    const y = Float32Array.from({ length: samples }, (_, at) => at % 2);
    const values = { [xName]: x, [yName]: y, [rateName]: Float32Array.of(0.1), ...slots };
    const state = { ...values, ...initialWeights(network, 1, 'selfTest') };
    for (const [name, data] of Object.entries(state)) executable.write(name, data);
    await executable.scan(steps, { [rowsName]: Int32Array.of(0, 3, 5, 1, 6, 2) });
    const weights = await Promise.all(network.places.map(({ name }) => executable.read(name)));
    return weights.flatMap((data) => Array.from(data));
  } finally {
    executable.dispose();
  }
}
