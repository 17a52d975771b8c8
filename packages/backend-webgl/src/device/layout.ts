import type { BufferKind } from '@polyneuron/fusion';

/** How a buffer lies in a texture: four elements per texel, texel t at column t mod 2^shift and row t / 2^shift. */
export interface Layout {
  readonly shift: number;
  readonly width: number;
  readonly height: number;
}

/** Columns of the textures of inputs, which hold as many steps as a scan has. */
const inputShift = 10;

/** Texels of `size` elements. */
export const texelsOf = (size: number): number => Math.max(1, Math.ceil(size / 4));

/** A near-square texture, or for inputs, rows of a fixed width. */
export function layoutOf(size: number, kind?: BufferKind): Layout {
  const texels = texelsOf(size);
  const shift = kind === 'input' ? inputShift : Math.ceil(Math.log2(Math.sqrt(texels)));
  return { shift, width: Math.min(texels, 1 << shift), height: Math.ceil(texels / (1 << shift)) };
}
