import type { NetworkLayer } from './network.js';

export type DatasetKey =
  | 'ring'
  | 'xor'
  | 'gaussians'
  | 'spiral'
  | 'moons'
  | 'checker'
  | 'edge'
  | 'gate'
  | 'saddle'
  | 'plane'
  | 'ripple'
  | 'polynomial'
  | 'kink'
  | 'crossSeed'
  | 'glyphs'
  | 'drawn'
  | 'csv';

/** 'auto': the smallest dense tanh net with at least factor times our parameters; 'features': linear on x1², x1 x2, x2²; or built by hand. */
export type Rival =
  | { readonly kind: 'auto'; readonly factor: 1 | 2 | 4 }
  | { readonly kind: 'features' }
  | { readonly kind: 'network'; readonly network: readonly NetworkLayer[] };

export type LossKey = 'logistic' | 'squared' | 'huber';
export type OptimizerKey = 'adam' | 'sgd' | 'momentum';
export type RaceAxis = 'steps' | 'seconds' | 'flops';
export type PanelKey = 'weights' | 'residuals' | 'units';
export type Theme = 'auto' | 'light' | 'dark';

/** Everything that a link holds: data, networks, training, and how the page shows them. */
export interface Settings {
  readonly dataset: DatasetKey;
  /** Of the data set, where it has one: the degree of `polynomial`, the gate's number. */
  readonly variant: number;
  readonly samples: number;
  /** Percent of the half-range, standard deviation of what is added to the inputs. */
  readonly noise: number;
  /** Percent of the samples. */
  readonly testShare: number;
  readonly dataSeed: number;
  readonly network: readonly NetworkLayer[];
  readonly rival: Rival;
  readonly loss: LossKey;
  readonly optimizer: OptimizerKey;
  readonly rate: number;
  readonly batch: number;
  /** L2 penalty on kernels. */
  readonly decay: number;
  /** Largest global norm of the gradient; 0: off. */
  readonly clip: number;
  readonly weightSeed: number;
  /** Training ends by itself after so many steps. */
  readonly stop: number;
  /** Test accuracy (classes) or share of the target's variance explained (regression), percent; 0: none. Training ends when ours reaches it. */
  readonly target: number;
  /** Steps before the first picture. */
  readonly silentSteps: number;
  readonly axis: RaceAxis;
  readonly panels: readonly PanelKey[];
  /** Panels that an embedded page shows; empty: the whole page. */
  readonly embed: readonly PanelKey[];
  readonly theme: Theme;
}

export const defaultSettings: Settings = {
  dataset: 'ring',
  variant: 2,
  samples: 500,
  noise: 0,
  testShare: 50,
  dataSeed: 1,
  network: [{ kind: 'q', units: 1, options: { r: 0 }, activation: 'n' }],
  rival: { kind: 'auto', factor: 1 },
  loss: 'logistic',
  optimizer: 'adam',
  rate: 0.1,
  batch: 32,
  decay: 0,
  clip: 0,
  weightSeed: 1,
  stop: 300,
  target: 0,
  silentSteps: 0,
  axis: 'steps',
  panels: [],
  embed: [],
  theme: 'auto',
};
