/** @file Layers of fields: which elements of which fields are multiplied with each other. */
import { sizeOf } from '@polyneuron/graph';
import { configText } from '../literals.js';
import type { FigureSubject, LayerFigure } from './figureSubject.js';
import { drawHeatMap } from './heatMap.js';
import { movedParameters } from './movedParameters.js';
import { respond } from './respond.js';
import { normalSamples, secondDifferences } from './secondDifferences.js';

/** Rounding of 1e-16 / h² and truncation of h² are both far below what a colour shows. */
const step = 1e-3;

/** Size of ∂²y / ∂x_i ∂x_j for each two elements: mean over normal samples and outputs. */
export function drawInteractions(subject: FigureSubject): LayerFigure {
  const { spec, config, inputShapes } = subject;
  const evaluate = respond(subject, movedParameters(subject, 1));
  const tables = secondDifferences(evaluate, normalSamples(subject), step);
  const [width, fields] = [tables[0].length, sizeOf(inputShapes[0].slice(0, -1))];
  const elements = Array.from({ length: width }, (_, at) => at);
  const values = elements.map((i) =>
    elements.map((j) => tables.reduce((total, table) => total + table[i][j], 0) / tables.length),
  );
  const names = Array.from({ length: fields }, (_, at) => `field ${at}`);
  const caption = `Size of ∂²y/∂x∂x for each two elements of the fields of ${configText(spec.name, config)}, mean over outputs and standard normal samples, for parameters a random step from their start`;
  return {
    caption,
    svg: drawHeatMap({
      values,
      rowNames: names,
      columnNames: names,
      name: '|∂²y/∂x∂x|',
      description: caption,
    }),
  };
}
