import { sizeOf } from './canvasSize.js';

/**
 * Gives a canvas as many pixels as the screen has under it and returns its context in CSS pixels, cleared; undefined
 * where it has no size now.
 */
export function fitCanvas(
  canvas: HTMLCanvasElement,
):
  | { readonly context: CanvasRenderingContext2D; readonly width: number; readonly height: number }
  | undefined {
  const { width, height } = sizeOf(canvas);
  const context = canvas.getContext('2d');
  if (!context || width === 0 || height === 0) return undefined;
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  const columns = Math.round(width * ratio);
  const rows = Math.round(height * ratio);
  if (canvas.width !== columns || canvas.height !== rows) {
    canvas.width = columns;
    canvas.height = rows;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}
