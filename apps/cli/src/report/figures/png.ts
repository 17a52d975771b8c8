/** @file Grey images as PNG data URIs. */
import { PNG } from 'pngjs';

/** Pixels between two images of a strip, transparent. */
export const stripGap = 2;

/** Width in pixels of a strip of `count` images. */
export function stripWidth(count: number, width: number): number {
  return count * (width + stripGap) - stripGap;
}

/**
 * Images from 0 (black) to 1 (white), side by side, row-major.
 *
 * Values outside the range are clamped; a pixel that is missing or NaN is transparent.
 */
export function encodeStrip(images: readonly ArrayLike<number>[], width: number, height: number): string {
  const png = new PNG({ width: stripWidth(images.length, width), height, colorType: 4 });
  png.data.fill(0);
  images.forEach((image, index) => {
    const left = index * (width + stripGap);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const value = image[pixel];
      if (value === undefined || Number.isNaN(value)) continue;
      const grey = Math.round(255 * Math.min(1, Math.max(0, value)));
      const at = 4 * (Math.floor(pixel / width) * png.width + left + (pixel % width));
      png.data.fill(grey, at, at + 3);
      png.data[at + 3] = 255;
    }
  });
  return `data:image/png;base64,${PNG.sync.write(png, { colorType: 4 }).toString('base64')}`;
}

/** A side that an image can have. */
export function isSide(size: number): boolean {
  return Number.isInteger(size) && size > 0 && size <= 4096;
}
