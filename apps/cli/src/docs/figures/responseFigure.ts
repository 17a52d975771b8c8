/** @file Layers of features: what one output does as one or two inputs change. */

import { drawCurves } from './curves.js';
import type { FigureSubject, LayerFigure } from './figureSubject.js';
import { drawLinearMap } from './linearMap.js';
import { movedParameters } from './movedParameters.js';
import { respond } from './respond.js';
import { normalSamples, secondDifferences } from './secondDifferences.js';
import { drawSurface } from './surface.js';

/** Large enough to meet the kinks of layers that are not smooth. */
const step = 0.5;
/** Second differences below this are rounding. */
const negligible = 1e-9;

export interface Strongest {
  readonly output: number;
  readonly first: number;
  readonly second: number;
  readonly size: number;
}

/**
 * A surface over the two inputs that act together most, with the output in which they do; curves over one input where
 * no two act together; the matrix where the layer is linear. Measured, so a new layer needs no word about its figure.
 */
export function drawResponse(subject: FigureSubject): LayerFigure {
  const evaluate = respond(subject, movedParameters(subject, 1));
  const differences = secondDifferences(evaluate, normalSamples(subject), step);
  const entries = differences.flatMap((table, output) =>
    table.flatMap((row, first) => row.map((size, second) => ({ output, first, second, size }))),
  );
  const mixed = strongest(entries.filter(({ first, second }) => first < second));
  if (mixed && mixed.size > negligible) return drawSurface(subject, evaluate, mixed);
  const own = strongest(entries.filter(({ first, second }) => first === second));
  return own && own.size > negligible ? drawCurves(subject, own) : drawLinearMap(subject, evaluate);
}

/** The first of the largest, with a margin, so that rounding does not choose. */
function strongest(entries: readonly Strongest[]): Strongest | undefined {
  const most = Math.max(...entries.map(({ size }) => size));
  return entries.find(({ size }) => size >= most * (1 - 1e-6));
}
