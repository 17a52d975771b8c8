/** How the threads of a fold divide results and terms. */
export interface FoldShape {
  /** Results of a block; a power of two. */
  readonly across: number;
  /** Threads that share the terms of one result; a power of two. */
  readonly along: number;
  /** Blocks that share the terms of one result, each with a partial result for a second launch. */
  readonly splits: number;
  /** Neighbouring threads take neighbouring terms of one result, not neighbouring results. */
  readonly isAlongFirst: boolean;
}

const blockThreads = 256;
/** Terms that one thread folds without help. */
const fewTerms = 16;
/** Two blocks for each of some 130 multiprocessors: beyond that, more blocks do not fill the device better. */
const enoughBlocks = 264;
/** A split pays for its second launch from this many terms per thread on. */
const splitTerms = 64;

const powerOfTwo = (least: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, least)));

/**
 * The shape for `results` sums of `terms` each. `isAlongFirst` says that neighbouring terms lie side by side in
 * memory, rather than neighbouring results.
 */
export function foldShape(results: number, terms: number, isAlongFirst: boolean): FoldShape {
  const wanted = powerOfTwo(Math.ceil(terms / fewTerms));
  const most = isAlongFirst ? blockThreads : 32;
  // Results that lie side by side fill a warp first
  const sideBySide = isAlongFirst ? 1 : Math.min(32, powerOfTwo(results));
  const along = Math.min(wanted, most, blockThreads / sideBySide);
  const across = Math.min(blockThreads / along, powerOfTwo(results));
  const blocks = Math.ceil(results / across);
  const perThread = terms / along;
  const splits =
    perThread >= splitTerms && blocks < enoughBlocks
      ? Math.min(Math.ceil(perThread / fewTerms), Math.ceil(enoughBlocks / blocks))
      : 1;
  // A block is made of whole warps
  const lacking = Math.max(1, 32 / (across * along));
  return { across: across * lacking, along, splits, isAlongFirst: isAlongFirst && along > 1 };
}
