import { threefry2x32 } from '@polyneuron/graph';

/** `true`: every sample; `'batch'`: the order of whole batches; `false`: as given. */
export type Shuffle = boolean | 'batch';

export interface EpochPlanOptions {
  readonly samples: number;
  readonly batchSize: number;
  readonly shuffle: Shuffle;
  readonly seed: number;
  readonly epoch: number;
  /** At most this many batches. */
  readonly stepsPerEpoch?: number;
}

/** The batches of one epoch, side by side. */
export interface EpochPlan {
  readonly steps: number;
  readonly batchSize: number;
  /** [steps, batchSize] sample indices; a partial last batch repeats its last sample. */
  readonly rows: Int32Array;
  /** [steps] samples that count in each batch. */
  readonly counts: Int32Array;
}

/** The batches of an epoch, which depend on nothing but the options: the same seed and epoch give the same order. */
export function planEpoch({
  samples,
  batchSize,
  shuffle,
  seed,
  epoch,
  stepsPerEpoch,
}: EpochPlanOptions): EpochPlan {
  const steps = Math.min(Math.ceil(samples / batchSize), stepsPerEpoch ?? Number.POSITIVE_INFINITY);
  const order = orderOf(samples, batchSize, shuffle, seed, epoch);
  const rows = new Int32Array(steps * batchSize);
  const counts = new Int32Array(steps);
  for (let step = 0; step < steps; step++) {
    const from = step * batchSize;
    counts[step] = Math.min(batchSize, samples - from);
    for (let at = 0; at < batchSize; at++) rows[from + at] = order[from + Math.min(at, counts[step] - 1)];
  }
  return { steps, batchSize, rows, counts };
}

function orderOf(
  samples: number,
  batchSize: number,
  shuffle: Shuffle,
  seed: number,
  epoch: number,
): Int32Array {
  const order = Int32Array.from({ length: samples }, (_, at) => at);
  if (shuffle === true) shuffleInPlace(order, seed, epoch);
  if (shuffle !== 'batch') return order;
  // Whole batches trade places; the partial one stays last.
  const batches = shuffleInPlace(
    Int32Array.from({ length: Math.floor(samples / batchSize) }, (_, at) => at),
    seed,
    epoch,
  );
  batches.forEach((batch, at) => {
    for (let row = 0; row < batchSize; row++) order[at * batchSize + row] = batch * batchSize + row;
  });
  return order;
}

/** Fisher-Yates with the words of Threefry under the key (seed, epoch): the same order on every platform. */
function shuffleInPlace(order: Int32Array, seed: number, epoch: number): Int32Array {
  for (let at = order.length - 1; at > 0; at--) {
    const [word] = threefry2x32([seed, epoch], [at, 0]);
    // Uniform up to a bias of (at + 1) / 2^32
    const other = Math.floor((word / 2 ** 32) * (at + 1));
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}
