import { createParameters } from '@polyneuron/kernels';
import { linearAxis } from '../../report/figures/axes.js';
import { html } from '../../report/html.js';
import { configText } from '../literals.js';
import { elementNames, inputElementNames, letterText } from './elementNames.js';
import type { FigureSubject, LayerFigure } from './figureSubject.js';
import { type Area, drawAxisNames, drawTicksBelow, drawTicksLeft } from './frame.js';
import { movedParameters } from './movedParameters.js';
import { respond } from './respond.js';
import { coordinate, svgFile } from './svgFile.js';

const area: Area = { left: 60, top: 14, width: 400, height: 264 };
const reach = 3;
const nodes = 161;
const seeds = [1, 2, 3];

export interface Along {
  readonly output: number;
  /** The input that changes; the others are 0. */
  readonly first: number;
}

/** One output along one input: at the start, and for three sets of parameters a random step away from it. */
export function drawCurves(subject: FigureSubject, { output, first }: Along): LayerFigure {
  const { spec, config, inputShapes } = subject;
  const names = inputElementNames(inputShapes);
  const along = Array.from({ length: nodes }, (_, at) => -reach + (2 * reach * at) / (nodes - 1));
  const samples = along.map((value) => {
    const sample = new Float64Array(names.length);
    sample[first] = value;
    return sample;
  });
  const parameters = [
    createParameters<object>(spec, config, inputShapes, seeds[0]),
    ...seeds.map((seed) => movedParameters(subject, seed)),
  ];
  const curves = parameters.map((one) => respond(subject, one)(samples).map((row) => row[output]));
  const x = linearAxis(along, 'tight');
  const y = linearAxis(curves.flat(), 'nice');
  const path = (values: readonly number[]) =>
    values
      .map((value, at) => {
        const right = area.left + (at / (nodes - 1)) * area.width;
        const down = area.top + (1 - y.position(value)) * area.height;
        return `${at === 0 ? 'M' : 'L'}${coordinate(right)},${coordinate(down)}`;
      })
      .join('');
  const yName = elementNames('y', spec.outputShape({ ...spec.defaults, ...config }, inputShapes))[output];
  const caption = `${yName} of ${configText(spec.name, config)} along ${names[first]}${letterText(inputShapes)}${
    names.length > 1 ? ', the other inputs at 0' : ''
  }: at the start (dashed), and for three sets of parameters a random step from it`;
  const ticksOf = ({ ticks, format, position }: typeof x) =>
    ticks.map((tick) => ({ position: position(tick), text: format(tick) }));
  return {
    caption,
    svg: svgFile({
      width: area.left + area.width + 18,
      height: area.top + area.height + 54,
      description: caption,
      body: html`${y.ticks.map((tick) => {
        const down = coordinate(area.top + (1 - y.position(tick)) * area.height);
        return html`<line class="rule" x1="${area.left}" x2="${area.left + area.width}" y1="${down}" y2="${down}"/>`;
      })}
${curves.map(
  (values, at) => html`<path class="${at === 0 ? 'start' : `s${at - 1}`}" d="${path(values)}"/>
`,
)}${drawTicksBelow(area, ticksOf(x))}${drawTicksLeft(area, ticksOf(y))}${drawAxisNames(area, names[first], yName)}`,
    }),
  };
}
