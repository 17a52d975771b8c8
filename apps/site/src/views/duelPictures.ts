import type { PointCloud } from '../drawing/paintPoints.js';
import type { Contestant, Frame, Problem } from '../protocol/messages.js';
import type { Configured } from '../session/session.js';
import { probabilityLook, type SurfacePicture, signedLook } from './surfacePicture.js';

/** The samples of a problem as a surface shows them: their first two inputs, and which side they are on. */
export function cloudOf({ task, inputNames, x, y, isTest }: Problem): PointCloud {
  const width = inputNames.length;
  return {
    positions: Float32Array.from({ length: 2 * y.length }, (_, at) => x[(at >> 1) * width + (at & 1)]),
    classes: Uint8Array.from(y, (value) => (task === 'regression' ? (value >= 0 ? 1 : 0) : value)),
    isTest,
  };
}

/**
 * The surface of a contestant in a frame; undefined where the frame has none.
 *
 * A sample of a class is on the wrong side where its residual is over one half. Regressions have no wrong samples.
 */
export function pictureOf(
  frame: Frame,
  { problem }: Configured,
  cloud: PointCloud,
  contestant: Contestant,
  extent: number,
): SurfacePicture | undefined {
  const values = frame.grids?.[contestant];
  if (!values || problem.view === 'images') return undefined;
  const isBinary = problem.task === 'binary';
  const residuals = frame.residuals?.[contestant];
  return {
    values,
    size: frame.gridSize,
    extent,
    points: cloud,
    ...(isBinary ? probabilityLook : signedLook(problem.targetScale)),
    ...(isBinary && residuals && { isWrong: wrongOf(residuals) }),
  };
}

/** Left side of a formula: what the network's polynomial is of this problem. */
export function formulaLeft({ task }: Problem): string {
  return task === 'binary' ? 'logit' : 'y';
}

/** A score in its unit: percent of an accuracy, three digits of an error. */
export function printScore(score: number | undefined, task: Problem['task']): string {
  if (score === undefined || !Number.isFinite(score)) return '–';
  return task === 'regression' ? String(Number(score.toPrecision(3))) : `${(100 * score).toFixed(1)} %`;
}

function wrongOf(residuals: Float32Array): Uint8Array {
  const isWrong = new Uint8Array(residuals.length);
  for (let at = 0; at < residuals.length; at++) isWrong[at] = Math.abs(residuals[at]) > 0.5 ? 1 : 0;
  return isWrong;
}
