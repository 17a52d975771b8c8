/** Means over the samples of several batches, from the means of each batch. */
export class BatchTotals {
  private readonly sums: Float64Array;
  private samples = 0;

  constructor(quantities: number) {
    this.sums = new Float64Array(quantities);
  }

  add(samples: number, means: readonly number[]): void {
    this.samples += samples;
    means.forEach((mean, at) => {
      this.sums[at] += mean * samples;
    });
  }

  means(): number[] {
    return Array.from(this.sums, (sum) => sum / this.samples);
  }
}
