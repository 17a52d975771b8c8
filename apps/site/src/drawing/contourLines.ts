/** A curve as x, y pairs in grid units: (0, 0) is the first value, (size - 1, size - 1) the last. */
export type Polyline = readonly number[];

/**
 * Where a square of values crosses a level: marching squares with linear interpolation, segments joined to curves, so
 * that dashes run along them.
 *
 * Of a cell with two opposite corners above, the mean of its corners decides which are joined. Cells with a value that
 * is not finite have no line.
 *
 * Shapes   values [size, size]
 *
 * @example
 * contourLines([0, 0, 1, 1], 2, 0.5) // => [[0, 0.5, 1, 0.5]]
 */
export function contourLines(values: ArrayLike<number>, size: number, level: number): readonly Polyline[] {
  const crossings = new Crossings(values, size, level);
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) crossings.addCell(row, column);
  }
  return crossings.join();
}

/** Points on grid edges, each with at most two neighbours along the curve. Edge 2i goes right from value i, 2i + 1 down. */
class Crossings {
  private readonly neighbours = new Map<number, number[]>();
  private readonly values: ArrayLike<number>;
  private readonly size: number;
  private readonly level: number;

  constructor(values: ArrayLike<number>, size: number, level: number) {
    this.values = values;
    this.size = size;
    this.level = level;
  }

  addCell(row: number, column: number): void {
    const { values, size, level } = this;
    const at = row * size + column;
    const a = values[at];
    const b = values[at + 1];
    const c = values[at + size + 1];
    const d = values[at + size];
    const code = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
    if (code === 0 || code === 15 || !Number.isFinite(a + b + c + d)) return;
    const top = 2 * at;
    const left = 2 * at + 1;
    const right = 2 * (at + 1) + 1;
    const bottom = 2 * (at + size);
    if (code === 5 || code === 10) {
      const isMiddleAbove = (a + b + c + d) / 4 >= level;
      if (isMiddleAbove === (code === 5)) {
        this.link(top, right);
        this.link(left, bottom);
      } else {
        this.link(top, left);
        this.link(right, bottom);
      }
      return;
    }
    const crossed: number[] = [];
    if (a >= level !== d >= level) crossed.push(left);
    if (a >= level !== b >= level) crossed.push(top);
    if (b >= level !== c >= level) crossed.push(right);
    if (d >= level !== c >= level) crossed.push(bottom);
    this.link(crossed[0], crossed[1]);
  }

  join(): readonly Polyline[] {
    const lines: Polyline[] = [];
    const done = new Set<number>();
    const ends = [...this.neighbours].filter(([, linked]) => linked.length === 1).map(([edge]) => edge);
    // Open curves from their ends first; what is left is closed
    for (const start of [...ends, ...this.neighbours.keys()]) {
      if (!done.has(start)) lines.push(this.walk(start, done));
    }
    return lines;
  }

  private walk(start: number, done: Set<number>): Polyline {
    const line: number[] = [];
    let edge: number | undefined = start;
    let last = start;
    while (edge !== undefined) {
      done.add(edge);
      line.push(...this.pointOn(edge));
      last = edge;
      edge = this.neighbours.get(edge)?.find((next) => !done.has(next));
    }
    const isClosed = last !== start && this.neighbours.get(last)?.includes(start) && line.length > 4;
    if (isClosed) line.push(...this.pointOn(start));
    return line;
  }

  private link(one: number, other: number): void {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ]) {
      const linked = this.neighbours.get(from);
      if (linked) linked.push(to);
      else this.neighbours.set(from, [to]);
    }
  }

  private pointOn(edge: number): readonly [number, number] {
    const { values, size, level } = this;
    const at = edge >> 1;
    const isDown = (edge & 1) === 1;
    const from = values[at];
    const to = values[isDown ? at + size : at + 1];
    const share = (level - from) / (to - from);
    const row = Math.floor(at / size);
    const column = at - row * size;
    return isDown ? [column, row + share] : [column + share, row];
  }
}
