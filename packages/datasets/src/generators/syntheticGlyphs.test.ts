import { describe, expect, it } from 'vitest';
import { loadDataset } from '../registry/loadDataset.js';
import { fingerprint } from '../testing/sha256.js';
import type { Split } from '../types.js';
import { glyphNames } from './glyphShapes.js';
import { syntheticGlyphs } from './syntheticGlyphs.js';

const imageOf = (split: Split, i: number) => split.x.subarray(784 * i, 784 * (i + 1));

/** Rows as text, every second row, as a character is twice as high as wide. */
function print(image: Float32Array): string {
  const rows = Array.from({ length: 14 }, (_, r) => image.subarray(56 * r, 56 * r + 28));
  return rows
    .map((row) =>
      Array.from(row, (v) => ' .:-=+*#%@'[Math.min(9, Math.floor(v * 10))])
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

describe('syntheticGlyphs', () => {
  it('gives the same bytes on every platform', () => {
    expect(fingerprint(syntheticGlyphs({ count: 100 }))).toMatchInlineSnapshot(`"a74c4af16cb02e09"`);
  });

  it('draws ten different clean glyphs', () => {
    const clean = syntheticGlyphs({ count: 10, jitter: 0, noise: 0 });
    const byLabel = glyphNames.map((_, label) => imageOf(clean, clean.y.indexOf(label)));
    expect(byLabel.slice(0, 2).map(print).join('\n\n')).toMatchInlineSnapshot(`
      "

                =#@@@@#=
             *@@@*=--=*@@@*
           =@@*          *@@=
          =@@:            :@@=
          @@=              =@@
         .@@-              -@@.
          #@*              *@#
           @@*            *@@
            *@@*:      :*@@*
              =@@@@@@@@@@=
                   ..




                  .@@.
                  :@@:
                  :@@:
                  :@@:
          .::::::::@@::::::::.
          @@@@@@@@@@@@@@@@@@@@
                  :@@:
                  :@@:
                  :@@:
                  :@@:

      "
    `);
    expect(byLabel.slice(3, 6).map(print).join('\n\n')).toMatchInlineSnapshot(`
      "

                  .@@.
                 .@@@@.
                :@@++@@:
               :@@=  =@@:
              -@@=    =@@-
             -@@-      -@@-
            =@@-        -@@=
           =@@:          :@@=
          +@@@@@@@@@@@@@@@@@@+
           ------------------






           %@@@@@@@@@@@@@@@@%
           %@+            +@%
           %@+            +@%
           %@+            +@%
           %@+            +@%
           %@+            +@%
           %@+            +@%
           %@++++++++++++++@%
           =%%%%%%%%%%%%%%%%=





            ::::::::::::::::
           :@@@@@@@@@@@@@@@@:
                       *@@=
                     =@@*
                   -@@%
                 .@@@:
                #@@=
              +@@+
            =@@#............
           :@@@@@@@@@@@@@@@@:

      "
    `);
    expect(new Set(byLabel.map(print)).size).toBe(10);
  });

  it('keeps to [0, 1] and holds each class once in ten', () => {
    const split = syntheticGlyphs({ count: 500, jitter: 2, noise: 1 });
    expect(split.x.every((v) => v >= 0 && v <= 1)).toBe(true);
    for (let i = 0; i < 500; i += 10)
      expect([...split.y.subarray(i, i + 10)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('is not solved by the nearest class mean, and far better than chance by it', async () => {
    const { train, test } = await loadDataset('synthetic-glyphs');
    const means = glyphNames.map(() => new Float64Array(784));
    for (let i = 0; i < train.count; i++) {
      const image = imageOf(train, i);
      for (let p = 0; p < 784; p++) means[train.y[i]][p] += image[p] / (train.count / 10);
    }
    const distance = (mean: Float64Array, image: Float32Array) =>
      mean.reduce((sum, v, p) => sum + (v - image[p]) ** 2, 0);
    let hits = 0;
    for (let i = 0; i < test.count; i++) {
      const distances = means.map((mean) => distance(mean, imageOf(test, i)));
      if (distances.indexOf(Math.min(...distances)) === test.y[i]) hits++;
    }
    expect(hits / test.count).toBeGreaterThan(0.5);
    expect(hits / test.count).toBeLessThan(0.9);
  });

  it('rejects noise above one', () => {
    expect(() => syntheticGlyphs({ noise: 1.5 })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: syntheticGlyphs expected noise to be a number from 0 to 1, got 1.5.

      Fix: noise is the largest change of a pixel by noise; its default is 0.25]
    `);
  });
});
