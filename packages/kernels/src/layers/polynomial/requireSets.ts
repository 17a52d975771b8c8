import { ValueError } from '@polyneuron/graph';
import { type IndexSet, monomialCount } from './monomials.js';

/** Products per position: beyond, a layer takes gigabytes for a batch of some thousand samples. */
const termLimit = 65_536;

interface ProductChoice {
  readonly sets: readonly IndexSet[] | null;
  readonly order: number;
  readonly allowPowers: boolean;
  readonly start: string;
}

/**
 * Throws ValueError on more products than the limit, an order that has none, sets that are empty, alike or out of range,
 * and a linear start without a single feature.
 */
export function requireSets(
  layer: string,
  { sets, order, allowPowers, start }: ProductChoice,
  features: number,
): void {
  const count = sets?.length ?? monomialCount(features, order, allowPowers);
  if (count > termLimit) {
    throw new ValueError({
      subject: layer,
      expected: `at most ${termLimit} products`,
      received: `${count} of ${features} features${sets ? '' : ` up to order ${order}`}`,
      fix: 'lower the order, or name the products that matter in sets',
    });
  }
  if (sets === null) {
    if (allowPowers || order <= features) return;
    throw new ValueError({
      subject: layer,
      expected: `order to be at most the number of features, ${features}, without allowPowers`,
      received: String(order),
      fix: 'lower the order, or pass allowPowers: true',
    });
  }
  const sorted = sets.map((set) => [...set].sort((p, q) => p - q));
  const isIndex = (index: number) => Number.isInteger(index) && index >= 0 && index < features;
  const isWrong = (set: IndexSet, at: number) =>
    set.length === 0 || !set.every(isIndex) || sorted.findIndex((other) => other.join() === set.join()) < at;
  const wrong = sorted.findIndex(isWrong);
  if (sets.length === 0 || wrong >= 0) {
    throw new ValueError({
      subject: layer,
      expected: `sets to be different lists of indices from 0 to ${features - 1}`,
      received: sets.length === 0 ? 'no set' : `[${sets[wrong].join(', ')}] at position ${wrong}`,
      fix: 'name every product once; the empty product is the bias',
    });
  }
  if (start !== 'linear' || sorted.some(({ length }) => length === 1)) return;
  throw new ValueError({
    subject: layer,
    expected: "a set of one index with start 'linear', which has all other weights 0",
    received: `${sets.length} sets of two or more`,
    fix: "pass start: 'calibrated', or add sets such as [0]",
  });
}
