import { ValueError } from '@polyneuron/graph';
import { tfjsContender } from '../peers/tfjs/tfjsContender.js';
import type { ContenderSpec } from './contender.js';
import { fitContender } from './fitContender.js';
import { type BackendSource, programContender } from './programContender.js';

/** Peers that are here whatever backends are handed in. */
const peers: readonly ContenderSpec[] = [tfjsContender('cpu'), tfjsContender('wasm')];

/**
 * Every contender: `polyneuron-<backend>` and `polyneuron-<backend>-fit` for each backend, the peers, then `further` ones
 * that an application hands in.
 */
export function contendersFor(
  backends: readonly BackendSource[],
  further: readonly ContenderSpec[] = [],
): readonly ContenderSpec[] {
  const own = backends.flatMap((source) => [programContender(source), fitContender(source)]);
  return [...own, ...peers, ...further];
}

/**
 * The contenders named, in the order of the registry; all of them when left out.
 *
 * Throws   ValueError on a name that does not exist
 */
export function selectContenders(
  registry: readonly ContenderSpec[],
  names?: readonly string[],
): readonly ContenderSpec[] {
  if (!names) return registry;
  const unknown = names.filter((name) => !registry.some((spec) => spec.name === name));
  if (unknown.length > 0) {
    throw new ValueError({
      subject: 'runBench',
      expected: `contenders among ${registry.map(({ name }) => name).join(', ')}`,
      received: unknown.map((name) => `'${name}'`).join(', '),
      fix: 'check the spelling, or hand in the backend',
    });
  }
  return registry.filter(({ name }) => names.includes(name));
}
