import type { Layout } from './layout.js';

type Words = Float32Array | Int32Array;

/** Row by row to layer by layer. */
export const packed = <T extends Words>(layout: Layout, words: T): T => moveRows(layout, words, true);

/** Layer by layer to row by row. */
export const unpacked = <T extends Words>(layout: Layout, words: T): T => moveRows(layout, words, false);

function moveRows<T extends Words>({ width, height, layers }: Layout, words: T, isPacking: boolean): T {
  if (layers === 1) return words;
  const moved = words.slice() as T;
  const length = 4 * width;
  for (let layer = 0; layer < layers; layer++)
    for (let at = 0; at < height; at++) {
      const [row, place] = [layers * at + layer, layer * height + at];
      const [from, to] = isPacking ? [row, place] : [place, row];
      moved.set(words.subarray(from * length, (from + 1) * length), to * length);
    }
  return moved;
}
