import { type ColourTable, packPixel } from './colourTable.js';

export interface ValueScale {
  readonly low: number;
  readonly high: number;
}

/** Probabilities: 0.5 is neutral. */
export const probabilityScale: ValueScale = { low: 0, high: 1 };

const hatchPeriod = 8;
const hatchWidth = 3;
const checkerSide = 4;
const checkerLight = packPixel([200, 200, 200]);
const checkerDark = packPixel([90, 90, 90]);

/**
 * Colours a square of values, row by row from the top left.
 *
 * A value inside the scale takes its entry of the table; one outside the end colour, hatched with the middle colour in
 * diagonals; one that is not finite a grey checker. Nothing is clamped in silence.
 *
 * Shapes   values [size, size], pixels [size, size]
 */
export function paintGrid(
  values: ArrayLike<number>,
  pixels: Uint32Array,
  size: number,
  table: ColourTable,
  { low, high }: ValueScale,
): void {
  const factor = 256 / (high - low);
  // Rounding of float32 at the ends of the scale is no excess
  const slack = (high - low) * 1e-5;
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at++) {
      const value = values[at];
      if (value >= low - slack && value <= high + slack) {
        const entry = Math.floor((value - low) * factor);
        pixels[at] = table[Math.max(0, Math.min(entry, 255))];
      } else if (Number.isFinite(value)) {
        const isLine = (row + column) % hatchPeriod < hatchWidth;
        pixels[at] = isLine ? table[127] : table[value < low ? 0 : 255];
      } else {
        const isLight = (Math.floor(row / checkerSide) + Math.floor(column / checkerSide)) % 2 === 0;
        pixels[at] = isLight ? checkerLight : checkerDark;
      }
    }
  }
}
