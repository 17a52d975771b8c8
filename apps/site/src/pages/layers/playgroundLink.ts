import { printAddress } from '../../state/address.js';
import { type LayerKind, layerKinds } from '../../state/network.js';
import { defaultSettings } from '../../state/settings.js';

/** The playground with one unit of this layer, or undefined where it has no such kind. */
export function playgroundLink(layer: string): string | undefined {
  const [kind] = (Object.keys(layerKinds) as LayerKind[]).filter((one) => layerKinds[one].layer === layer);
  if (!kind) return undefined;
  const { hasUnits, options } = layerKinds[kind];
  const defaults = Object.fromEntries(
    Object.entries(options).map(([letter, option]) => [letter, option?.default]),
  );
  // A layer as wide as its input is followed by a unit that reads it.
  const reader = { kind: 'd', units: 1, options: {}, activation: 'n' } as const;
  const own = { kind, units: hasUnits ? 1 : 2, options: defaults, activation: 'n' } as const;
  const hash = printAddress({ ...defaultSettings, network: hasUnits ? [own] : [own, reader] });
  return hash === '' ? '/play/' : `/play/#${hash}`;
}
