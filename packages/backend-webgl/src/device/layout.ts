import type { BufferKind } from '@polyneuron/fusion';

/**
 * How a buffer lies in a texture. Four elements are a texel; texel t is at column t mod width of row t / width. With
 * four layers, row r is row r >> 2 of layer r & 3, so that a fragment with four targets writes four rows.
 */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly layers: 1 | 4;
}

/** Columns of the textures of inputs, which hold as many steps as a scan has. */
export const inputWidth = 1024;

/** Texels of `size` elements. */
export const texelsOf = (size: number): number => Math.max(1, Math.ceil(size / 4));

/** A near-square texture whose width is a power of two where it has several rows, or for inputs, rows of a fixed width. */
export function layoutOf(size: number, kind?: BufferKind): Layout {
  const texels = texelsOf(size);
  const side = 2 ** Math.ceil(Math.log2(Math.sqrt(texels)));
  const width = kind === 'input' ? inputWidth : side;
  return { width: Math.min(texels, width), height: Math.ceil(texels / width), layers: 1 };
}

/** Rows of `width` texels, as they are or over four layers. */
export function rowLayout(size: number, width: number, layers: Layout['layers'] = 1): Layout {
  return { width, height: Math.ceil(texelsOf(size) / width / layers), layers };
}

export const isSameLayout = (a: Layout, b: Layout): boolean =>
  a.width === b.width && a.height === b.height && a.layers === b.layers;
