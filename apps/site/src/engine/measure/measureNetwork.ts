import type { Backend } from '@polyneuron/backend';
import type { Contestant as Side } from '../../protocol/messages.js';
import { type NetworkLayer, parseNetwork, printNetwork } from '../../state/network.js';
import type { Settings } from '../../state/settings.js';
import { Duel, type FullScore } from '../run/duel.js';
import type { Figures } from './measurements.js';

/** The same on every call, whatever is asked of them. */
export const seedsOf = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1);

/** Never reaches a target that a line cannot, so that the other contestant's steps are counted to the end. */
const bystander: readonly NetworkLayer[] = parseNetwork('d1')?.network ?? [];

/** Runs our network of the settings from seeds 1, 2, ..., each the seed of the data and of the weights. */
export function measureOurs(
  backend: Backend,
  settings: Settings,
  seeds: readonly number[],
): Promise<Figures> {
  return measure(backend, { ...settings, rival: { kind: 'network', network: bystander } }, 0, seeds);
}

/** The same of a network in the rival's place. */
export function measureRival(
  backend: Backend,
  settings: Settings,
  network: readonly NetworkLayer[],
  seeds: readonly number[],
): Promise<Figures> {
  const asRival = { ...settings, network: bystander, rival: { kind: 'network', network } } as const;
  return measure(backend, asRival, 1, seeds);
}

async function measure(
  backend: Backend,
  settings: Settings,
  side: Side,
  seeds: readonly number[],
): Promise<Figures> {
  const results: FullScore[] = [];
  let parameters = 0;
  for (const seed of seeds) {
    const duel = await Duel.create(backend, { ...settings, dataSeed: seed, weightSeed: seed });
    parameters = duel.contestants[side].network.parameters;
    let outcome = duel.outcome();
    // A rival that is there need not go on: the score is that of the step that reached the target
    while (outcome.kind === 'going' && !duel.hasReached(side)) outcome = await duel.advance(settings.stop);
    results.push((await duel.scores())[side]);
    duel.dispose();
  }
  const steps = results.flatMap(({ stepsToTarget }) => (stepsToTarget === undefined ? [] : [stepsToTarget]));
  const measured =
    side === 0 ? settings.network : settings.rival.kind === 'network' ? settings.rival.network : [];
  const sorted = sortedUp(results.map(({ score }) => score));
  return {
    network: printNetwork(measured),
    parameters,
    rate: settings.rate,
    seeds: seeds.length,
    reached: steps.length,
    ...(steps.length > 0 && { medianSteps: medianOf(sortedUp(steps)), slowestSteps: Math.max(...steps) }),
    scores: { least: sorted[0], median: medianOf(sorted), largest: sorted[sorted.length - 1] },
  };
}

const sortedUp = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}
