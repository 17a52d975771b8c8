import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';

/** What this package uses of `MathBackendWebGL` of tfjs 4.22. */
export interface TfjsWebglBackend {
  readonly gpgpu: { readonly gl: WebGL2RenderingContext };
  readonly texData: {
    get(dataId: DataId): {
      /** Of a tensor that is not on the device. */
      readonly values: ArrayLike<number> | null;
      readonly texture: object | null;
    };
  };
  /** Decodes a tensor into a new texture with four elements per texel, row by row. */
  readToGPU(
    dataId: DataId,
    options: { readonly customTexShape: [number, number] },
  ): { readonly texture: WebGLTexture; readonly tensorRef: { dispose(): void } };
  /** A new tensor from such a texture, which stays the caller's. */
  writeTexture(
    texture: WebGLTexture,
    shape: number[],
    dtype: string,
    height: number,
    width: number,
    channels: 'RGBA',
  ): DataId;
  makeTensorInfo(shape: number[], dtype: string, values?: ArrayLike<number>): TensorInfo;
  disposeData(dataId: DataId): boolean;
}
