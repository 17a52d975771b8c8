/** What a graphics device reached, measured in the browser of the run. */
export interface GraphicsPeak {
  /** As WebGL names it. */
  readonly renderer: string;
  /** Multiply-adds of 32-bit floats in a fragment shader, operands in registers. */
  readonly gflops: number;
  /** Bytes read and written per nanosecond by copying a texture. */
  readonly copyGBs: number;
  /** Drawing one pixel and reading it back: what each run costs at least. */
  readonly launchMs: number;
}
