/** @file A matrix in levels of colour, shared by linear maps and pairwise interactions. */
import { type Content, type Html, html } from '../../report/html.js';
import { type Area, barWidth, drawColourBar, drawTicksBelow, drawTicksLeft } from './frame.js';
import { levelsFor } from './levels.js';
import { levelClass } from './palette.js';
import { coordinate, svgFile } from './svgFile.js';

export interface HeatMap {
  readonly values: readonly (readonly number[])[];
  /** Names of rows from the top, each of as many rows as the others: single ones, or groups parted by lines. */
  readonly rowNames: readonly string[];
  readonly columnNames: readonly string[];
  /** Of the colours. */
  readonly name: string;
  readonly description: string;
}

const largestSide = 264;

export function drawHeatMap(map: HeatMap): string {
  const { values, rowNames, columnNames, description, name } = map;
  const [rows, columns] = [values.length, values[0].length];
  const cell = Math.min(56, Math.floor(largestSide / Math.max(rows, columns)));
  const longest = Math.max(...rowNames.map(({ length }) => length));
  const height = Math.max(rows * cell, largestSide - 24);
  const area: Area = {
    left: 24 + 7 * longest,
    top: 14 + Math.max(0, (height - rows * cell) / 2),
    width: columns * cell,
    height: rows * cell,
  };
  const levels = levelsFor(values.flat());
  const cells = values.map((row, i) =>
    row.map(
      (value, j) =>
        html`<rect class="${levelClass(levels.levelOf(value))}" x="${area.left + j * cell}" y="${area.top + i * cell}" width="${cell}" height="${cell}"/>`,
    ),
  );
  const middles = (names: readonly string[]) =>
    names.map((text, at) => ({ position: (at + 0.5) / names.length, text }));
  return svgFile({
    width: Math.max(area.left + area.width + barWidth + 34, 300),
    height: 14 + height + 40,
    description,
    body: html`${cells.map(
      (row) => html`${row}
`,
    )}${drawGrid(area, map)}${drawTicksBelow(area, middles(columnNames))}${drawTicksLeft(area, middles(rowNames.toReversed()))}${drawColourBar({ ...area, top: 14, height }, levels, name)}`,
  });
}

/** Lines between groups of more than one row or column, and a frame. */
function drawGrid(area: Area, { values, rowNames, columnNames }: HeatMap): Html {
  const lines = (groups: number, cells: number, draw: (share: number) => Content) =>
    groups === cells ? [] : Array.from({ length: groups - 1 }, (_, at) => draw((at + 1) / groups));
  const right = coordinate(area.left + area.width);
  const bottom = coordinate(area.top + area.height);
  return html`${lines(rowNames.length, values.length, (share) => {
    const y = coordinate(area.top + share * area.height);
    return html`<line class="edge" x1="${area.left}" x2="${right}" y1="${y}" y2="${y}"/>`;
  })}${lines(columnNames.length, values[0].length, (share) => {
    const x = coordinate(area.left + share * area.width);
    return html`<line class="edge" x1="${x}" x2="${x}" y1="${coordinate(area.top)}" y2="${bottom}"/>`;
  })}<rect class="edge" x="${area.left}" y="${coordinate(area.top)}" width="${area.width}" height="${area.height}"/>
`;
}
