/** The four curves of a run, in the order in which a frame has them after the step. */
export type Series = 0 | 1 | 2 | 3;

const fields = 5;

/** Every point of a run's curves: step, ours train, ours test, rival train, rival test. Grows by doubling. */
export class Curve {
  private data = new Float32Array(fields * 1024);
  private used = 0;

  get length(): number {
    return this.used / fields;
  }

  get lastStep(): number {
    return this.used === 0 ? 0 : this.data[this.used - fields];
  }

  append(points: Float32Array): void {
    while (this.used + points.length > this.data.length) {
      const wider = new Float32Array(2 * this.data.length);
      wider.set(this.data);
      this.data = wider;
    }
    this.data.set(points, this.used);
    this.used += points.length;
  }

  clear(): void {
    this.used = 0;
  }

  step(point: number): number {
    return this.data[point * fields];
  }

  value(point: number, series: Series): number {
    return this.data[point * fields + 1 + series];
  }

  /** Numbers as they came, five a point. */
  toArray(): Float32Array {
    return this.data.slice(0, this.used);
  }
}

/** Least and largest value of a series in each of `columns` equal parts of the steps 0 to `end`. */
export interface Envelope {
  readonly least: Float32Array;
  readonly most: Float32Array;
}

/** Columns without a point hold NaN. */
export function envelopeOf(curve: Curve, series: Series, end: number, columns: number): Envelope {
  const least = new Float32Array(columns).fill(Number.NaN);
  const most = new Float32Array(columns).fill(Number.NaN);
  for (let point = 0; point < curve.length; point++) {
    const value = curve.value(point, series);
    const column = Math.min(columns - 1, Math.floor((curve.step(point) / end) * columns));
    if (!Number.isFinite(value) || column < 0) continue;
    if (!(least[column] <= value)) least[column] = value;
    if (!(most[column] >= value)) most[column] = value;
  }
  return { least, most };
}

/** About `rows` points of a curve at even distances, for a table; the last always. */
export function sampleCurve(curve: Curve, rows: number): readonly number[] {
  const { length } = curve;
  if (length <= rows) return Array.from({ length }, (_, at) => at);
  return Array.from({ length: rows }, (_, at) => Math.round((at * (length - 1)) / (rows - 1)));
}
