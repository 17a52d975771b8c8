import { concat, constant, gather, mul, type Node } from '@polyneuron/graph';

/** Features whose product is one term, in ascending order; an index that stands twice is a square. */
export type IndexSet = readonly number[];

/**
 * Every set of 1 .. order of n features, shorter ones first, then by the first index that differs; with repetitions
 * when `allowPowers`.
 *
 * @example
 * monomialsUpTo(2, 2, true) // => [[0], [1], [0, 0], [0, 1], [1, 1]]
 */
export function monomialsUpTo(features: number, order: number, allowPowers: boolean): IndexSet[] {
  let level: IndexSet[] = [[]];
  const all: IndexSet[] = [];
  for (let size = 1; size <= order; size++) {
    level = level.flatMap((set) => {
      const last = set.at(-1) ?? (allowPowers ? 0 : -1);
      const first = allowPowers ? last : last + 1;
      return Array.from({ length: Math.max(0, features - first) }, (_, at) => [...set, first + at]);
    });
    all.push(...level);
  }
  return all;
}

/** How many sets `monomialsUpTo` gives: Σ_k C(n, k), or Σ_k C(n + k - 1, k) with powers. */
export function monomialCount(features: number, order: number, allowPowers: boolean): number {
  let [total, level] = [0, 1];
  for (let k = 1; k <= order; k++) {
    level = (level * (allowPowers ? features + k - 1 : features - k + 1)) / k;
    total += level;
  }
  return total;
}

/** E[(Π x_i)²] for independent standard normal features: Π (2 m - 1)!! over multiplicities m. */
export function monomialMoment(set: IndexSet): number {
  const multiplicities = new Map<number, number>();
  let moment = 1;
  for (const index of set) {
    const m = (multiplicities.get(index) ?? 0) + 1;
    multiplicities.set(index, m);
    moment *= 2 * m - 1;
  }
  return moment;
}

/** Prefixes of one length: each is a prefix one shorter, by its place, times one feature. */
interface Level {
  readonly keys: Map<string, number>;
  readonly parents: number[];
  readonly features: number[];
}

/** Where the product of a set stands: which level, which prefix of it. */
interface Place {
  readonly depth: number;
  readonly at: number;
}

/**
 * The products of some sets of two or more features, [..., n] → [..., number of sets].
 *
 * Sets that begin alike share the product of what they have in common: one multiplication for each different prefix,
 * the fewest for all sets up to an order.
 */
export function monomialProducts(x: Node, sets: readonly IndexSet[]): Node {
  const levels: Level[] = [];
  const places = sets.map((set) => placeOf(set, levels));
  const products: Node[] = [];
  for (const [depth, { parents, features }] of levels.entries()) {
    const factors = pick(x, features);
    products.push(depth === 0 ? factors : mul(pick(products[depth - 1], parents), factors));
  }
  const depths = [...new Set(places.map(({ depth }) => depth))].sort((p, q) => p - q);
  const starts = new Map<number, number>();
  let from = 0;
  for (const depth of depths) {
    starts.set(depth, from);
    from += levels[depth].features.length;
  }
  const joined = concat(depths.map((depth) => products[depth]));
  return pick(
    joined,
    places.map(({ depth, at }) => (starts.get(depth) as number) + at),
  );
}

/** Finds or adds every prefix of a set. */
function placeOf(set: IndexSet, levels: Level[]): Place {
  let parent = -1;
  for (const [depth, feature] of set.entries()) {
    levels[depth] ??= { keys: new Map(), parents: [], features: [] };
    const { keys, parents, features } = levels[depth];
    const key = set.slice(0, depth + 1).join();
    const known = keys.get(key);
    if (known === undefined) {
      keys.set(key, keys.size);
      parents.push(parent);
      features.push(feature);
    }
    parent = known ?? keys.size - 1;
  }
  return { depth: set.length - 1, at: parent };
}

/** Columns of the last axis, in this order. */
export function pick(x: Node, columns: readonly number[]): Node {
  const isWhole = columns.length === x.shape.at(-1) && columns.every((column, at) => column === at);
  return isWhole ? x : gather(x, constant(columns, [columns.length], 'int32'), -1);
}
