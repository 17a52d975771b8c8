import { parseNetwork } from './network.js';
import { defaultSettings, type Settings } from './settings.js';

/** A duel with a stated end. */
export interface Preset {
  readonly key: PresetKey;
  readonly title: string;
  /** What it shows, in a sentence. */
  readonly sentence: string;
  /** True where the dense rival is the better choice. */
  readonly isLoss: boolean;
  readonly settings: Settings;
  /** The shown square goes from -extent to extent. */
  readonly extent: number;
}

export type PresetKey = 'ring' | 'xor' | 'spiral' | 'edge' | 'kink' | 'outside';

const network = (text: string) => {
  const parsed = parseNetwork(text);
  if (!parsed) throw new Error(`internal: preset has no network ${text}`);
  return parsed.network;
};

const preset = (
  key: PresetKey,
  title: string,
  sentence: string,
  settings: Partial<Settings>,
  { isLoss = false, extent = 1 } = {},
): Preset => ({ key, title, sentence, isLoss, extent, settings: { ...defaultSettings, ...settings } });

/** The duels that the home page and the playground offer, the default first. */
export const presets: readonly Preset[] = [
  preset('ring', 'Ring', 'A disc inside a ring: one quadratic neuron is enough.', {}),
  preset('xor', 'XOR', 'Opposite quadrants belong together: one product of two inputs decides.', {
    dataset: 'xor',
    stop: 600,
    target: 95,
  }),
  preset('spiral', 'Two spirals', 'Two quadratic layers of four units follow both arms.', {
    dataset: 'spiral',
    network: network('q4t.q4t'),
    rate: 0.1,
    stop: 3000,
    target: 95,
  }),
  preset(
    'edge',
    'Where it loses: a straight edge',
    'A linear neuron needs 3 parameters for a line; the quadratic one spends 6 and bends it.',
    { dataset: 'edge', rival: { kind: 'network', network: network('d1') } },
    { isLoss: true },
  ),
  preset(
    'kink',
    'Where it loses: a kink',
    'A polynomial rounds off what a ReLU net of about its size folds sharply.',
    {
      dataset: 'kink',
      network: network('q1'),
      rival: { kind: 'network', network: network('d2r') },
      loss: 'squared',
      rate: 0.03,
      stop: 1500,
    },
    { isLoss: true },
  ),
  preset(
    'outside',
    'Where it loses: outside the data',
    'Beyond the points a polynomial runs away while a dense net levels off.',
    { dataset: 'kink', network: network('q2.q1'), loss: 'squared', rate: 0.03, stop: 1000 },
    { isLoss: true, extent: 2 },
  ),
];

export function presetOf(key: PresetKey): Preset {
  return presets.find((one) => one.key === key) ?? presets[0];
}
