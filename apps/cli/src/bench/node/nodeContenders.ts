import { type ContenderSpec, contendersFor } from '@polyneuron/bench';
import { benchBackends, loadStockTfjs } from '../benchBackends.js';
import { nodePeers } from '../benchPeers.js';

/** Who can take part in a Node process, ours at each of these thread counts. */
export function nodeContenders(threads: readonly number[]): readonly ContenderSpec[] {
  return contendersFor(benchBackends(threads), nodePeers(threads));
}

/** The same, ready to be opened: stock tfjs is registered. */
export async function loadNodeContenders(threads: readonly number[]): Promise<readonly ContenderSpec[]> {
  await loadStockTfjs();
  return nodeContenders(threads);
}
