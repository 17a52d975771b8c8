import type { NetworkLayer } from '../../state/network.js';
import type { Rival } from '../../state/settings.js';
import { type PlannedLayer, planNetwork } from './planNetwork.js';

interface Widths {
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * The layers of the rival.
 *
 * 'auto' is the smallest dense tanh net with one hidden layer and at least `factor` times our parameters.
 *
 * @example
 * autoHiddenUnits(6, { inputs: 2, outputs: 1 }) // => 2, with 9 parameters
 */
export function rivalPlan(rival: Rival, parameters: number, widths: Widths): readonly PlannedLayer[] {
  const plans: {
    readonly [K in Rival['kind']]: (rival: Extract<Rival, { kind: K }>) => readonly PlannedLayer[];
  } = {
    auto: ({ factor }) => planNetwork([denseTanh(autoHiddenUnits(factor * parameters, widths))], widths),
    features: () => [
      { layer: 'quadraticFeatures', config: {}, part: 0 },
      { layer: 'dense', config: { units: widths.outputs }, part: 1 },
    ],
    network: ({ network }) => planNetwork(network, widths),
  };
  return (plans[rival.kind] as (rival: Rival) => readonly PlannedLayer[])(rival);
}

/** Least h >= 1 with h (n + 1) + (h + 1) m >= parameters, for n inputs and m outputs. */
export function autoHiddenUnits(parameters: number, { inputs, outputs }: Widths): number {
  return Math.max(1, Math.ceil((parameters - outputs) / (inputs + 1 + outputs)));
}

function denseTanh(units: number): NetworkLayer {
  return { kind: 'd', units, options: {}, activation: 't' };
}
