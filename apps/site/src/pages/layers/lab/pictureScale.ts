import type { UnitPicture } from '../../../layerLab/messages.js';
import { roundUp } from './roundUp.js';

/**
 * The scale of a picture's colours and curves, from -scale to scale: the one before, until a value passes it or none
 * comes near a quarter of it. So a coefficient that multiplies everything shows, and nothing is cut off.
 */
export function pictureScale({ surface, alongX1, alongX2 }: UnitPicture, before: number): number {
  let largest = 0;
  for (const values of [surface, alongX1, alongX2]) {
    for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  }
  return largest <= before && largest >= before / 4 ? before : roundUp(largest);
}
