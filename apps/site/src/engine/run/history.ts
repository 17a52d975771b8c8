/** Numbers per point: step, ours train, ours test, rival train, rival test. */
export const historyWidth = 5;

/** The loss curves of a run: grows by doubling, and hands out what is new since a reader last looked. */
export class History {
  private values = new Float32Array(256 * historyWidth);
  private count = 0;

  get length(): number {
    return this.count;
  }

  add(...point: [step: number, oursTrain: number, oursTest: number, rivalTrain: number, rivalTest: number]) {
    if (this.count * historyWidth === this.values.length) {
      const wider = new Float32Array(2 * this.values.length);
      wider.set(this.values);
      this.values = wider;
    }
    this.values.set(point, historyWidth * this.count++);
  }

  /** Points from `from` on. */
  since(from: number): Float32Array<ArrayBuffer> {
    return this.values.slice(from * historyWidth, this.count * historyWidth);
  }

  /** Points up to a step. */
  upTo(step: number): Float32Array<ArrayBuffer> {
    let count = this.count;
    while (count > 0 && this.values[(count - 1) * historyWidth] > step) count -= 1;
    return this.values.slice(0, count * historyWidth);
  }

  replace(points: Float32Array): void {
    this.values = new Float32Array(Math.max(historyWidth, points.length));
    this.values.set(points);
    this.count = points.length / historyWidth;
  }
}
