const windowMs = 1000;

/** Steps per second of the last second, by the clock. */
export class RateMeter {
  private readonly marks: { readonly atMs: number; readonly step: number }[] = [];

  mark(step: number, atMs: number): void {
    this.marks.push({ atMs, step });
    while (this.marks.length > 2 && this.marks[1].atMs < atMs - windowMs) this.marks.shift();
  }

  clear(): void {
    this.marks.length = 0;
  }

  get stepsPerSecond(): number {
    const [first, last] = [this.marks[0], this.marks.at(-1)];
    if (!first || !last || last.atMs <= first.atMs) return 0;
    return (1000 * (last.step - first.step)) / (last.atMs - first.atMs);
  }
}
