import type { InputKind, LayerSpec } from '@polyneuron/kernels';
import type { FigureSubject, LayerFigure } from './figureSubject.js';
import { drawImageResponse } from './imageResponse.js';
import { drawInteractions } from './interactions.js';
import { drawResponse } from './responseFigure.js';

const drawings: { readonly [K in InputKind]: (subject: FigureSubject) => LayerFigure } = {
  features: drawResponse,
  fields: drawInteractions,
  image: drawImageResponse,
  sample: drawResponse,
};

/** The figure of a layer, drawn from its record alone: its first sample, with seeded parameters. */
export function layerFigure(spec: LayerSpec): LayerFigure {
  const { config, inputShapes } = spec.samples[0];
  return drawings[spec.inputKind]({ spec, config, inputShapes });
}
