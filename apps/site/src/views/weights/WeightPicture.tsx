import { useEffect, useRef } from 'preact/hooks';
import { divergingTable, signedIndex } from '../../drawing/colourTable.js';
import { shownTheme } from '../../drawing/shownTheme.js';
import { threeDigits } from '../formulaTerms.js';
import type { WeightGridProps } from './WeightGrid.js';

const tables = { light: divergingTable('light'), dark: divergingTable('dark') };

/** A large signed matrix as a picture, a pixel per weight. */
export function WeightPicture({ title, rows, columns, cell, limit }: WeightGridProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const table = tables[shownTheme()];
    const image = new ImageData(columns.length, rows.length);
    const pixels = new Uint32Array(image.data.buffer);
    rows.forEach((_, row) => {
      columns.forEach((__, column) => {
        const shown = cell(row, column);
        pixels[row * columns.length + column] = shown
          ? table[Math.round(signedIndex(shown.value, limit))]
          : 0;
      });
    });
    context.putImageData(image, 0, 0);
  });
  return (
    <figure class="weight-picture">
      <canvas
        ref={canvas}
        width={columns.length}
        height={rows.length}
        role="img"
        aria-label={`${title}: ${rows.length} rows, ${columns.length} columns, from ${threeDigits(-limit)} to ${threeDigits(limit)}`}
      />
      <figcaption>
        {title}, {rows.length} × {columns.length}, colour ±{threeDigits(limit)}
      </figcaption>
    </figure>
  );
}
