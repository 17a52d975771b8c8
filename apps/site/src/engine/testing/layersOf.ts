import { type NetworkLayer, parseNetwork } from '../../state/network.js';

/** A network from its letters, every one of which must mean something. */
export function layersOf(text: string): readonly NetworkLayer[] {
  const parsed = parseNetwork(text);
  if (!parsed || parsed.notices.length > 0) throw new Error(`no network: ${text}`);
  return parsed.network;
}
