/** @file One renderer per kind of figure; a new kind without one does not compile. */
import type { Figure } from '@polyneuron/experiments';
import type { Html } from '../html.js';
import { renderBoundary } from './boundary.js';
import { renderCurves } from './curves.js';
import { renderDistributions } from './distributions.js';
import type { FigureContext } from './frame.js';
import { renderImages } from './images.js';
import { renderMatrix } from './matrix.js';
import { renderPolynomial } from './polynomial.js';
import { renderTableFigure } from './table.js';

type Kind = Figure['kind'];

const renderers: { readonly [K in Kind]: (figure: Figure & { kind: K }, context: FigureContext) => Html } = {
  curves: renderCurves,
  images: renderImages,
  boundary: renderBoundary,
  distributions: renderDistributions,
  table: renderTableFigure,
  matrix: renderMatrix,
  polynomial: renderPolynomial,
};

export function renderFigure<K extends Kind>(figure: Figure & { kind: K }, context: FigureContext): Html {
  return renderers[figure.kind](figure, context);
}
