import { streamOf } from '../streams.js';

/**
 * Rows of successive batches: the training rows in a new order every epoch, without a break between epochs, so that
 * every batch is full. A function of the seed alone, whatever pieces it is read in.
 */
export class BatchOrder {
  private readonly rows: Int32Array;
  private readonly batch: number;
  private readonly seed: number;
  private random: ReturnType<typeof streamOf>;
  private epoch: Int32Array;
  private at = 0;

  constructor(rows: Int32Array, batch: number, seed: number) {
    this.rows = rows;
    this.batch = batch;
    this.seed = seed;
    this.random = streamOf(seed, 'batches');
    this.epoch = this.random.shuffle(rows.slice());
  }

  /** Rows of the next `steps` batches. */
  next(steps: number): Int32Array {
    const taken = new Int32Array(steps * this.batch);
    for (let filled = 0; filled < taken.length; ) {
      if (this.at === this.epoch.length) {
        this.epoch = this.random.shuffle(this.rows.slice());
        this.at = 0;
      }
      const count = Math.min(taken.length - filled, this.epoch.length - this.at);
      taken.set(this.epoch.subarray(this.at, this.at + count), filled);
      this.at += count;
      filled += count;
    }
    return taken;
  }

  /** Goes to where it stands after so many batches. */
  seek(steps: number): void {
    this.random = streamOf(this.seed, 'batches');
    this.epoch = this.random.shuffle(this.rows.slice());
    const rows = steps * this.batch;
    for (let epoch = 0; epoch < Math.floor(rows / this.rows.length); epoch++)
      this.epoch = this.random.shuffle(this.rows.slice());
    this.at = rows % this.rows.length;
  }
}
