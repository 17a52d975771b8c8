import { html, trustedMarkup } from '../../report/html.js';
import { configText } from '../literals.js';
import { contourPaths } from './contourPaths.js';
import { inputElementNames, letterText, outputElementNames } from './elementNames.js';
import type { FigureSubject, LayerFigure } from './figureSubject.js';
import { type Area, barWidth, drawAxisNames, drawColourBar, drawTicksBelow, drawTicksLeft } from './frame.js';
import { levelsFor } from './levels.js';
import { levelClass } from './palette.js';
import type { Respond } from './respond.js';
import { svgFile } from './svgFile.js';

const size = 264;
const area: Area = { left: 52, top: 14, width: size, height: size };
const reach = 2;
const nodes = 41;
/** Where the inputs that do not change stand. */
const elsewhere = 0.5;
const ticks = [-2, -1, 0, 1, 2].map((value) => ({
  position: (value + reach) / (2 * reach),
  text: String(value).replace('-', '\u2212'),
}));

export interface Slice {
  readonly output: number;
  readonly first: number;
  readonly second: number;
}

/** One output over two inputs, in levels of colour. */
export function drawSurface(
  subject: FigureSubject,
  evaluate: Respond,
  { output, first, second }: Slice,
): LayerFigure {
  const { spec, config, inputShapes } = subject;
  const names = inputElementNames(inputShapes);
  const values = valuesOver(evaluate, { output, first, second }, names.length);
  const levels = levelsFor(values);
  const low = levels.range[0];
  const paths = contourPaths(values, nodes, levels.thresholds, size);
  const y = outputElementNames(subject)[output];
  const caption = `${y} of ${configText(spec.name, config)} over ${names[first]} and ${names[second]}${letterText(inputShapes)}${
    names.length > 2 ? `, the other inputs at ${elsewhere}` : ''
  }, for parameters a random step from their start`;
  return {
    caption,
    svg: svgFile({
      width: area.left + size + barWidth + 18,
      height: area.top + size + 54,
      description: caption,
      body: html`<clipPath id="area"><rect width="${size}" height="${size}"/></clipPath>
<g transform="translate(${area.left} ${area.top})" clip-path="url(#area)">
<rect class="${levelClass(low)}" width="${size}" height="${size}"/>
${paths.map((path, at) =>
  path === ''
    ? ''
    : html`<path class="${levelClass(low + 1 + at)}" d="${trustedMarkup(path)}"/>
`,
)}</g>
<rect class="rule" x="${area.left}" y="${area.top}" width="${size}" height="${size}"/>
${drawTicksBelow(area, ticks)}${drawTicksLeft(area, ticks)}${drawAxisNames(area, names[first], names[second])}${drawColourBar(area, levels, y)}`,
    }),
  };
}

function valuesOver(evaluate: Respond, { output, first, second }: Slice, width: number): number[] {
  const along = Array.from({ length: nodes }, (_, at) => -reach + (2 * reach * at) / (nodes - 1));
  const samples = along.flatMap((up) =>
    along.map((right) => {
      const sample = new Float64Array(width).fill(elsewhere);
      sample[first] = right;
      sample[second] = up;
      return sample;
    }),
  );
  return evaluate(samples).map((row) => row[output]);
}
