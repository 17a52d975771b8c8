/** @file What the page asks of a run besides training it. */
import type { Contestant, FromWorker, Snapshot, ToWorker } from '../../protocol/messages.js';
import { seen } from '../data/makeDataSet.js';
import { EngineError } from '../engineError.js';
import { exportModel } from '../model/exportModel.js';
import type { TrainingState } from '../run/contestant.js';
import { largestAt } from '../run/score.js';
import type { Run } from './run.js';

type Of<K extends ToWorker['kind']> = Extract<ToWorker, { kind: K }>;
type Answer<K extends FromWorker['kind']> = Extract<FromWorker, { kind: K }>;

/** Predictions at a point of the shown inputs. */
export async function probe(run: Run, { point }: Of<'probe'>): Promise<Answer<'probed'>> {
  const { data } = run.duel;
  if (point.length !== data.inputs || !point.every(Number.isFinite))
    throw new EngineError('protocol', `A point of this problem has ${data.inputs} finite numbers.`);
  const x = point.map((value, axis) => seen(value, data.inputScales[axis]));
  const weights = await run.frames.weights();
  const predictionOf = async (at: Contestant) => {
    const values = await run.frames.pictures[at].at(weights[at], x);
    return values.length === 1 ? values[0] : largestAt(values, 0, values.length);
  };
  return { kind: 'probed', run: run.id, point, values: [await predictionOf(0), await predictionOf(1)] };
}

/** Sets one number of one weight. */
export async function edit(run: Run, { contestant, weight, index, value }: Of<'edit'>): Promise<void> {
  const one = run.duel.contestants[contestant];
  const place = one.network.places.find(({ name }) => name === weight);
  if (!place || index < 0 || index >= place.count)
    throw new EngineError('protocol', `There is no weight ${weight.slice(0, 40)} with a number ${index}.`);
  if (!Number.isFinite(Math.fround(value)))
    throw new EngineError('protocol', 'A weight must be a finite number of float32.');
  const values = (await one.weights())[weight].slice();
  values[index] = value;
  one.write({ [weight]: values });
}

/** Everything that the run needs to go on elsewhere; the state at the last scores where the device is gone. */
export async function takeSnapshot({ duel }: Run, isLost: boolean): Promise<Snapshot> {
  const { step, states } = isLost ? duel.lastScored : { step: duel.step, states: await duel.states() };
  return {
    settings: duel.settings,
    step,
    seconds: duel.seconds,
    state: states,
    history: duel.history.upTo(step),
  };
}

/** Goes on from a snapshot of a run of the same networks. */
export async function restore({ duel, frames }: Run, { snapshot }: Of<'restore'>): Promise<void> {
  const now = await duel.states();
  snapshot.state.forEach((state, side) => {
    const fault = misfitOf(now[side], state);
    if (fault) throw new EngineError('protocol', `The snapshot is of another network: ${fault}.`);
  });
  await duel.restore(snapshot.step, snapshot.state, snapshot.history);
  frames.rewind();
}

function misfitOf(now: TrainingState, given: TrainingState): string | undefined {
  const names = Object.keys(now);
  const missing = names.find((name) => !given[name] || given[name].length !== now[name].length);
  if (missing) return `${missing} does not fit`;
  return Object.keys(given).find((name) => !Object.hasOwn(now, name));
}

/** The files of one contestant's model. */
export async function exportOf(run: Run, contestant: Contestant): Promise<Answer<'exported'>> {
  const { contestants, settings, data } = run.duel;
  const one = contestants[contestant];
  const model = exportModel(one.network, await one.weights(), settings, data.task);
  return { kind: 'exported', run: run.id, contestant, model };
}
