import { configText } from '../literals.js';
import { inputElementNames, letterText, outputElementNames } from './elementNames.js';
import type { FigureSubject, LayerFigure } from './figureSubject.js';
import { drawHeatMap } from './heatMap.js';
import type { Respond } from './respond.js';

/** The matrix of a layer that is linear in its inputs. */
export function drawLinearMap(subject: FigureSubject, evaluate: Respond): LayerFigure {
  const { spec, config, inputShapes } = subject;
  const names = inputElementNames(inputShapes);
  const zero = new Float64Array(names.length);
  const [constant, ...images] = evaluate([zero, ...names.map((_, at) => zero.with(at, 1))]);
  const outputs = outputElementNames(subject);
  const values = outputs.map((_, row) => images.map((image) => image[row] - constant![row]));
  const caption = `The matrix ∂y/∂x of ${configText(spec.name, config)}, which is linear in its inputs${letterText(inputShapes)}, for parameters a random step from their start`;
  return {
    caption,
    svg: drawHeatMap({
      values,
      rowNames: outputs,
      columnNames: names,
      name: '∂y/∂x',
      description: caption,
    }),
  };
}
