import { createParameters } from '@polyneuron/kernels';
import { type Axis, linearAxis } from '../../report/figures/axes.js';
import { html } from '../../report/html.js';
import { configText } from '../literals.js';
import { inputElementNames, letterText, outputElementNames } from './elementNames.js';
import type { FigureSubject, LayerFigure } from './figureSubject.js';
import { type Area, drawAxisNames, drawTicksBelow, drawTicksLeft, type Tick } from './frame.js';
import { movedParameters } from './movedParameters.js';
import { respond } from './respond.js';
import { coordinate, svgFile } from './svgFile.js';

const area: Area = { left: 60, top: 14, width: 400, height: 264 };
const reach = 2;
const nodes = 161;
const along = Array.from({ length: nodes }, (_, at) => -reach + (2 * reach * at) / (nodes - 1));
const seeds = [1, 2, 3];

export interface Along {
  readonly output: number;
  /** The input that changes; the others are 0. */
  readonly first: number;
}

/** One output along one input: at the start, and for three sets of parameters a random step away from it. */
export function drawCurves(subject: FigureSubject, slice: Along): LayerFigure {
  const { spec, config, inputShapes } = subject;
  const names = inputElementNames(inputShapes);
  const [xName, yName] = [names[slice.first], outputElementNames(subject)[slice.output]];
  const curves = curvesOf(subject, slice, names.length);
  const x = linearAxis(along, 'tight');
  const y = linearAxis(curves.flat(), 'nice');
  const height = (value: number) => coordinate(area.top + (1 - y.position(value)) * area.height);
  const others = names.length > 1 ? ', the other inputs at 0' : '';
  const caption = `${yName} of ${configText(spec.name, config)} along ${xName}${letterText(inputShapes)}${others}: at the start (dashed), and for three sets of parameters a random step from it`;
  return {
    caption,
    svg: svgFile({
      width: area.left + area.width + 18,
      height: area.top + area.height + 54,
      description: caption,
      body: html`${y.ticks.map(
        (tick) =>
          html`<line class="rule" x1="${area.left}" x2="${area.left + area.width}" y1="${height(tick)}" y2="${height(tick)}"/>
`,
      )}${curves.map(
        (
          values,
          at,
        ) => html`<path class="${at === 0 ? 'start' : `s${at - 1}`}" d="${pathOf(values, height)}"/>
`,
      )}${drawTicksBelow(area, ticksOf(x))}${drawTicksLeft(area, ticksOf(y))}${drawAxisNames(area, xName, yName)}`,
    }),
  };
}

function curvesOf(subject: FigureSubject, { output, first }: Along, width: number): number[][] {
  const { spec, config, inputShapes } = subject;
  const samples = along.map((value) => new Float64Array(width).with(first, value));
  const parameters = [
    createParameters<object>(spec, config, inputShapes, seeds[0]),
    ...seeds.map((seed) => movedParameters(subject, seed)),
  ];
  return parameters.map((one) => respond(subject, one)(samples).map((row) => row[output]));
}

function pathOf(values: readonly number[], height: (value: number) => string): string {
  const points = values.map((value, at) => {
    const right = area.left + (at / (values.length - 1)) * area.width;
    return `${coordinate(right)},${height(value)}`;
  });
  return `M${points.join('L')}`;
}

function ticksOf({ ticks, format, position }: Axis): Tick[] {
  return ticks.map((tick) => ({ position: position(tick), text: format(tick) }));
}
