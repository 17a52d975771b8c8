import type { Backend } from '@polyneuron/backend';
import { parseNetwork } from '../../state/network.js';
import { type PresetKey, presetOf, presets } from '../../state/presets.js';
import type { Settings } from '../../state/settings.js';
import type { Figures, PresetMeasurement } from './measurements.js';
import { measureOurs, measureRival, seedsOf } from './measureNetwork.js';

export const seedCount = 20;

interface Plan {
  /** Score that counts as reached, percent; 0: none. */
  readonly target: number;
  readonly rivals: readonly string[];
  readonly rates: readonly number[];
}

const classRates = [0.01, 0.02, 0.05, 0.1, 0.2];
const ownRate: readonly number[] = [];

/** Dense nets that each preset is compared with: 9, 13, 17 and 33 parameters, and two layers of eight. */
export const measurePlans: { readonly [K in PresetKey]: Plan } = {
  ring: {
    target: 99,
    rivals: ['d2t', 'd2r', 'd3t', 'd3r', 'd4t', 'd4r', 'd8t', 'd8r'],
    rates: classRates,
  },
  xor: { target: 95, rivals: ['d2t', 'd2r'], rates: classRates },
  spiral: { target: 95, rivals: ['d22t', 'd22r', 'd8t.d8t', 'd8r.d8r'], rates: [0.01, 0.03, 0.1] },
  edge: { target: 0, rivals: ['d1'], rates: ownRate },
  kink: { target: 99, rivals: ['d2r', 'd2t'], rates: [0.01, 0.03, 0.1] },
  outside: { target: 0, rivals: ['d4t'], rates: ownRate },
};

/** Settings as they are measured: the preset's, with the target that the plan counts. */
export function measuredSettings(key: PresetKey): Settings {
  return { ...presetOf(key).settings, target: measurePlans[key].target };
}

/** All presets from 20 seeds. */
export async function measurePresets(
  backend: Backend,
  onPreset: (measurement: PresetMeasurement) => void = () => {},
): Promise<readonly PresetMeasurement[]> {
  const measurements: PresetMeasurement[] = [];
  for (const { key } of presets) {
    const measurement = await measurePreset(backend, key);
    onPreset(measurement);
    measurements.push(measurement);
  }
  return measurements;
}

async function measurePreset(backend: Backend, key: PresetKey): Promise<PresetMeasurement> {
  const settings = measuredSettings(key);
  const { target, rivals, rates } = measurePlans[key];
  const seeds = seedsOf(seedCount);
  const tried = rates.length > 0 ? rates : [settings.rate];
  const best: Figures[] = [];
  for (const text of rivals) {
    const network = parseNetwork(text)?.network ?? [];
    const figures: Figures[] = [];
    for (const rate of tried)
      figures.push(await measureRival(backend, { ...settings, rate }, network, seeds));
    best.push(figures.reduce((one, other) => better(one, other, settings)));
  }
  const ours = await measureOurs(backend, settings, seeds);
  return { preset: key, target, stop: settings.stop, ours, rivals: best, rates: tried };
}

function better(one: Figures, other: Figures, { loss }: Settings): Figures {
  if (one.reached !== other.reached) return one.reached > other.reached ? one : other;
  const isHigher = other.scores.median > one.scores.median;
  // Accuracies are better high, errors low
  return isHigher === (loss === 'logistic') ? other : one;
}
