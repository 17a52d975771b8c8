import type { Layout } from './layout.js';

/** float32 buffers are RGBA32F; int32 and bool are RGBA32I, so that every bit of an integer stays. */
export type TextureFormat = 'float' | 'int';

export interface Texture extends Layout {
  readonly id: number;
  readonly texture: WebGLTexture;
  readonly format: TextureFormat;
  /** Holders: buffers that are copies of one another share a texture. */
  holders: number;
}

interface FormatConstants {
  readonly internal: number;
  readonly format: number;
  readonly type: number;
}

export const formatsOf = (
  gl: WebGL2RenderingContext,
): { readonly [K in TextureFormat]: FormatConstants } => ({
  float: { internal: gl.RGBA32F, format: gl.RGBA, type: gl.FLOAT },
  int: { internal: gl.RGBA32I, format: gl.RGBA_INTEGER, type: gl.INT },
});

/** Elements that a texture has room for. */
export const roomOf = ({ width, height, layers }: Layout): number => 4 * width * height * layers;
