/** @file In the browser of a test: the measurement, and a way to have a device that computes wrongly. */
export { measureGraphicsPeak } from '../graphicsPeak.js';

/** From now on every pixel of this page reads as 3: no real device can be had that is wrong. */
export function breakReading(): void {
  WebGL2RenderingContext.prototype.readPixels = (...given: unknown[]) => {
    (given.at(-1) as Float32Array).fill(3);
  };
}
