import { glyphNames } from '@polyneuron/datasets';

export const glyphClassNames: readonly string[] = glyphNames;

const side = 28;

/** Images of 28 by 28 pixels as 14 by 14 means of four, row by row. */
export function averagePixels(x: Float32Array, count: number): Float32Array<ArrayBuffer> {
  const half = side / 2;
  const means = new Float32Array(count * half * half);
  for (let image = 0; image < count; image++) {
    for (let row = 0; row < half; row++) {
      for (let column = 0; column < half; column++) {
        const from = image * side * side + 2 * row * side + 2 * column;
        means[(image * half + row) * half + column] =
          (x[from] + x[from + 1] + x[from + side] + x[from + side + 1]) / 4;
      }
    }
  }
  return means;
}
