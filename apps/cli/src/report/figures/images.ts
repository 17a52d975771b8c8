/** @file The figure kind 'images': rows of grey images that correspond column by column. */
import type { Figure } from '@polyneuron/experiments';
import { type Html, html } from '../html.js';
import { placeholder, renderFrame } from './frame.js';
import { encodeStrip, isSide, stripWidth } from './png.js';

/** Columns that stay together when the page is narrow, so that a reconstruction keeps its original above it. */
const blockSize = 5;
/** Widths of one image on the page, in pixels: whole multiples of its own as near as can be. */
const wideTarget = 84;
const narrowTarget = 56;

export function renderImages({ title, width, height, rows }: Figure & { kind: 'images' }): Html {
  const columns = Math.max(0, ...rows.map(({ images }) => images.length));
  if (columns === 0 || !isSide(width) || !isSide(height)) {
    return renderFrame({ title, span: 'full', body: placeholder('No images.') });
  }
  const blocks = Array.from({ length: Math.ceil(columns / blockSize) }, (_, block) => {
    const start = block * blockSize;
    return html`<div class="block">${rows.map(({ name, images }) => {
      const strip = images.slice(start, start + blockSize);
      return strip.length === 0
        ? []
        : renderStrip(name, strip, { width, height, start, total: images.length });
    })}</div>
`;
  });
  return renderFrame({ title, span: 'full', body: html`<div class="blocks">${blocks}</div>` });
}

interface Strip {
  readonly width: number;
  readonly height: number;
  readonly start: number;
  readonly total: number;
}

function renderStrip(
  name: string,
  images: readonly ArrayLike<number>[],
  { width, height, start, total }: Strip,
): Html {
  const size = stripWidth(images.length, width);
  const range =
    images.length === 1 ? `image ${start + 1}` : `images ${start + 1} to ${start + images.length}`;
  return html`<p class="strip-name">${name}</p>
<img class="grey" src="${encodeStrip(images, width, height)}" width="${size}" height="${height}" alt="${name}: ${range} of ${total}" style="${displaySize(size, width)}">
`;
}

/** Custom properties with the width on wide and on narrow pages, for an image or strip of `size` own pixels. */
export function displaySize(size: number, imageWidth: number): string {
  const [wide, narrow] = [wideTarget, narrowTarget].map(
    (target) => size * Math.max(1, Math.round(target / imageWidth)),
  );
  return `--wide:${wide}px;--narrow:${narrow}px`;
}
