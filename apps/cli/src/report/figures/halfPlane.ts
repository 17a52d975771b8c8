/** @file The part of a rectangle that lies on the positive side of a line. */

export type Vertex = readonly [number, number];

export interface HalfPlane {
  /** Corners of the part where weight·x + bias ≥ 0; none where that is empty. */
  readonly region: readonly Vertex[];
  /** The ends of the line inside the rectangle; none where it passes outside. */
  readonly line: readonly Vertex[];
}

/** One step of Sutherland and Hodgman's polygon clipping (1974): the boundary crosses an edge where the sign changes. */
export function clipToHalfPlane(
  [left, right]: Vertex,
  [bottom, top]: Vertex,
  weight: Vertex,
  bias: number,
): HalfPlane {
  const corners: readonly Vertex[] = [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ];
  const region: Vertex[] = [];
  const line: Vertex[] = [];
  corners.forEach((corner, index) => {
    const next = corners[(index + 1) % corners.length]!;
    const [here, there] = [valueAt(corner, weight, bias), valueAt(next, weight, bias)];
    if (here >= 0) region.push(corner);
    if (here === 0) line.push(corner);
    if (Math.sign(here) * Math.sign(there) < 0) {
      const part = here / (here - there);
      const crossing: Vertex = [
        corner[0] + part * (next[0] - corner[0]),
        corner[1] + part * (next[1] - corner[1]),
      ];
      region.push(crossing);
      line.push(crossing);
    }
  });
  return { region: region.length > 2 ? region : [], line: line.length === 2 ? line : [] };
}

function valueAt([x, y]: Vertex, weight: Vertex, bias: number): number {
  return weight[0] * x + weight[1] * y + bias;
}
