import { commonRules, resolveSampleOptions, type SampleConfig } from '../options.js';
import { cos, sin } from '../random/elementary.js';
import { createRandom, type Random } from '../random/random.js';
import { splitInOrder, toSplit } from '../split.js';
import type { ClassificationSplit, DatasetSpec } from '../types.js';
import { drawStroke } from './drawStroke.js';
import { type GlyphStrokes, glyphNames, glyphStrokes } from './glyphShapes.js';

export type SyntheticGlyphsConfig = {
  trainCount: number;
  testCount: number;
  jitter: number;
  noise: number;
  seed: number;
};

const size = 28;
const pixels = size * size;

/** Record of {@link syntheticGlyphs}. */
export const syntheticGlyphsSpec: DatasetSpec<SyntheticGlyphsConfig> = {
  name: 'synthetic-glyphs',
  title: 'Synthetic glyphs',
  description: 'drawn by a program, not collected: ten invented signs as jittered, noisy 28 × 28 grey images',
  source: 'this package; a stand-in with the shape of MNIST, whose results must not be reported as MNIST',
  kind: 'classification',
  isSynthetic: true,
  inputShape: () => [size, size, 1],
  targetShape: [1],
  classNames: glyphNames,
  defaults: { trainCount: 2000, testCount: 500, jitter: 1, noise: 0.25, seed: 42 },
  options: {
    ...commonRules,
    jitter: { kind: 'number', min: 0, max: 2, about: 'strength of the geometric jitter and of the clutter' },
    noise: { kind: 'number', min: 0, max: 1, about: 'largest change of a pixel by noise' },
  },
  load({ trainCount, testCount, jitter, noise, seed }) {
    const all = syntheticGlyphs({ count: trainCount + testCount, jitter, noise, seed });
    return { ...splitInOrder(all, trainCount), provenance: `drawn by syntheticGlyphs with seed ${seed}` };
  },
};

/**
 * Grey images of ten invented signs, drawn as anti-aliased strokes.
 *
 * Each image: rotation up to ±0.28 rad, scale 0.64 to 0.96, shear, bend, shift up to ±2.4 pixels, stroke half-width 0.7
 * to 1.7 pixels, brightness 0.55 to 1, a stray stroke in two images of five, then triangular pixel noise, clamped to
 * [0, 1]. `jitter` scales all of it but the noise; at 0 every image of a class is the same clean drawing.
 *
 * Shapes   x [count, 28, 28, 1] in [0, 1], bright on dark → y [count, 1], ids of `glyphNames`
 * Balance  each ten successive images hold every class once, in shuffled order
 * Throws   DatasetError (BadOption)
 *
 * @example
 * syntheticGlyphs({ count: 20 }).xShape // => [20, 28, 28, 1]
 */
export function syntheticGlyphs(
  options: Partial<SampleConfig<SyntheticGlyphsConfig>> = {},
): ClassificationSplit {
  const { count, jitter, noise, seed } = resolveSampleOptions(
    'syntheticGlyphs',
    syntheticGlyphsSpec,
    options,
  );
  const random = createRandom(seed);
  const strokes = glyphStrokes();
  const order = glyphNames.map((_, label) => label);
  const x = new Float32Array(count * pixels);
  const y = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    if (i % order.length === 0) random.shuffle(order);
    y[i] = order[i % order.length];
    const image = x.subarray(i * pixels, (i + 1) * pixels);
    drawGlyph(image, strokes[glyphNames[y[i]]], jitter, random);
    addNoise(image, noise, random);
  }
  return toSplit(x, [size, size, 1], y);
}

function drawGlyph(image: Float32Array, strokes: GlyphStrokes, jitter: number, random: Random): void {
  const vary = (amount: number) => jitter * random.uniform(-amount, amount);
  const place = randomPlacement(vary);
  const halfWidth = Math.max(0.5, 1.2 + vary(0.5));
  const level = 1 - jitter * random.uniform(0, 0.45);
  for (const points of strokes) drawStroke(image, size, place(points), halfWidth, level);
  const angle = random.uniform(0, 2 * Math.PI);
  const [cx, cy] = [random.uniform(2, size - 2), random.uniform(2, size - 2)];
  const isCluttered = random.uniform() < 0.4 * jitter;
  if (!isCluttered) return;
  const [dx, dy] = [4 * cos(angle), 4 * sin(angle)];
  drawStroke(image, size, [cx - dx, cy - dy, cx + dx, cy + dy], 0.6, level);
}

/** A random bend followed by a random affine map from the glyph's square to pixels. */
function randomPlacement(vary: (amount: number) => number): (points: readonly number[]) => number[] {
  const angle = vary(0.28);
  const [scaleX, scaleY] = [0.8 + vary(0.16), 0.8 + vary(0.16)];
  const [shear, bendX, bendY] = [vary(0.2), vary(0.16), vary(0.16)];
  const [shiftX, shiftY] = [vary(2.4), vary(2.4)];
  const [c, s] = [cos(angle), sin(angle)];
  const half = 0.4 * size;
  const center = (size - 1) / 2;
  return (points) => {
    const placed: number[] = [];
    for (let p = 0; p < points.length; p += 2) {
      const x = scaleX * (points[p] + bendX * points[p + 1] * points[p + 1] + shear * points[p + 1]);
      const y = scaleY * (points[p + 1] + bendY * points[p] * points[p]);
      placed.push(center + shiftX + half * (c * x - s * y), center + shiftY + half * (s * x + c * y));
    }
    return placed;
  };
}

/** Adds noise·(a − b), a and b uniform: one 32-bit draw per pixel, half of it for each. */
function addNoise(image: Float32Array, noise: number, random: Random): void {
  for (let p = 0; p < pixels; p++) {
    const word = random.uint32();
    const change = (noise * ((word >>> 16) - (word & 0xffff))) / 65536;
    image[p] = Math.min(1, Math.max(0, image[p] + change));
  }
}
