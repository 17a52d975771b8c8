/** @file Layers of images: what becomes of a pattern with edges, a disc and stripes. */
import { type Shape, sizeOf } from '@polyneuron/graph';
import { resolveConfig } from '@polyneuron/kernels';
import { type Html, html } from '../../report/html.js';
import { configText } from '../literals.js';
import type { FigureSubject, LayerFigure } from './figureSubject.js';
import { barWidth, drawColourBar, subscript } from './frame.js';
import { type Levels, levelsFor } from './levels.js';
import { movedParameters } from './movedParameters.js';
import { levelClass } from './palette.js';
import { respond } from './respond.js';
import { svgFile } from './svgFile.js';

const extent = 28;
const panelSize = 168;
const gap = 22;
const top = 34;
const left = 16;

interface Picture {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly values: readonly number[];
}

export function drawImageResponse({ spec, config, inputShapes }: FigureSubject): LayerFigure {
  const channels = inputShapes[0].at(-1)!;
  const shapes: Shape[] = [[extent, extent, channels], ...inputShapes.slice(1)];
  const subject = { spec, config, inputShapes: shapes };
  const input = pattern(channels);
  const rest = shapes.slice(1).flatMap((shape) => new Array<number>(sizeOf(shape)).fill(0.5));
  const [output] = respond(subject, movedParameters(subject, 1))([[...input, ...rest]]);
  const outputShape = spec.outputShape(resolveConfig<object>(spec, config), shapes);
  const [before, after] = [
    { pictures: picturesOf('x', input, shapes[0]), levels: levelsFor([...input]) },
    { pictures: picturesOf('y', output, outputShape).slice(0, 2), levels: levelsFor([...output]) },
  ];
  const panels = [before, after].flatMap(({ pictures, levels }) =>
    pictures.map((picture) => ({ picture, levels })),
  );
  const end = left + panels.length * (panelSize + gap) - gap;
  const caption = `A pattern of ${extent} × ${extent} pixels and what ${configText(spec.name, config)} makes of it, for parameters a random step from their start`;
  const body = html`${panels.map(({ picture, levels }, at) =>
    drawPicture(picture, levels, left + at * (panelSize + gap)),
  )}${drawColourBar({ left: end, top: top - 22, width: 0, height: panelSize + 22 }, after.levels, 'y')}`;
  return {
    caption,
    svg: svgFile({
      width: end + gap + barWidth,
      height: top + panelSize + 20,
      description: caption,
      body,
    }),
  };
}

/** A disc, a square and stripes; the second channel holds the same turned by a quarter. */
function pattern(channels: number): Float64Array {
  const values = new Float64Array(extent * extent * channels);
  for (let row = 0; row < extent; row++) {
    for (let column = 0; column < extent; column++) {
      for (let channel = 0; channel < channels; channel++) {
        const [r, c] = channel % 2 === 0 ? [row, column] : [column, extent - 1 - row];
        values[(row * extent + column) * channels + channel] = brightness(r, c);
      }
    }
  }
  return values;
}

function brightness(row: number, column: number): number {
  if ((row - 8) ** 2 + (column - 8) ** 2 <= 30) return 1;
  if (row >= 4 && row < 12 && column >= 17 && column < 25) return -1;
  if (row >= 17 && row < 25 && column >= 3 && column < 24) return (column - 3) % 6 < 3 ? 1 : -1;
  return 0;
}

function picturesOf(letter: string, all: Float64Array, shape: Shape): Picture[] {
  const [height, width, channels] = shape as [number, number, number];
  return Array.from({ length: channels }, (_, channel) => ({
    name: channels === 1 ? letter : `${subscript(letter, String(channel))}`,
    height,
    width,
    values: [...all].filter((_, at) => at % channels === channel),
  }));
}

/** Pixels of the figure per pixel of a picture, with few digits. */
const scale = (extent: number): number => Number((panelSize / extent).toFixed(4));

/** One path per level, of horizontal runs of pixels. */
function drawPicture({ name, width, height, values }: Picture, levels: Levels, x: number): Html {
  const runs = new Map<number, string>();
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; ) {
      const level = levels.levelOf(values[row * width + column]);
      let end = column + 1;
      while (end < width && levels.levelOf(values[row * width + end]) === level) end++;
      runs.set(level, `${runs.get(level) ?? ''}M${column},${row}h${end - column}v1h${column - end}z`);
      column = end;
    }
  }
  const paths = [...runs]
    .sort(([a], [b]) => a - b)
    .map(
      ([level, path]) => html`<path class="${levelClass(level)}" d="${path}"/>
`,
    );
  return html`<text class="name" x="${x}" y="${top - 12}">${name}</text>
<g transform="translate(${x} ${top}) scale(${scale(width)} ${scale(height)})" shape-rendering="crispEdges">
${paths}</g>
<rect class="rule" x="${x}" y="${top}" width="${panelSize}" height="${panelSize}"/>
`;
}
