/** @file How many times as fast as the baseline each contender is: a panel per case, a dot with its interval per contender. */
import type { BenchReport, BenchResult } from '@polyneuron/bench';
import { type Html, html, nothing } from '../../report/html.js';
import { formatLogTick } from '../../report/numbers.js';
import { coordinate, svgFile } from '../figures/svgFile.js';
import { comparedCases, ratioOf, resultOf, timedSettings } from './settingNames.js';

/** A dot at the ratio, with its 95 % interval. */
interface Mark {
  readonly row: number;
  readonly ratio: number;
  readonly interval: readonly [number, number];
  readonly isOwn: boolean;
}

const panelWidth = 190;
const panelsPerRow = 3;
const mostPanels = 15;
const rowHeight = 17;
const head = 34;
const foot = 30;
const margin = 12;
const characterWidth = 6.6;
const [insetLeft, insetRight] = [10, 16];
/** Beyond as many, every second tick has a label. */
const crowdedDecades = 3;

/** The picture as a file; undefined where no result has a ratio, or where there are more panels than can be read. */
export function drawRatios(report: BenchReport, title: string): string | undefined {
  const rows = timedSettings(report);
  const cases = comparedCases(report);
  if (cases.length === 0 || cases.length > mostPanels) return undefined;
  const ratios = cases.flatMap((name) => marksOf(report, name, rows).flatMap(({ interval }) => interval));
  const decades = decadesAround(ratios);
  const left = margin + characterWidth * Math.max(...rows.map((name) => name.length));
  const panelHeight = head + rowHeight * rows.length + foot;
  const panels = cases.map((name, at) => {
    const [x, y] = [left + panelWidth * (at % panelsPerRow), panelHeight * Math.floor(at / panelsPerRow)];
    return html`<g transform="translate(${coordinate(x)} ${coordinate(y)})">${drawPanel(name, marksOf(report, name, rows), rows.length, decades)}</g>
`;
  });
  const lines = Math.ceil(cases.length / panelsPerRow);
  const names = Array.from({ length: lines }, (_, line) => drawNames(rows, left, panelHeight * line));
  return svgFile({
    width: Math.ceil(left + panelWidth * Math.min(panelsPerRow, cases.length) + margin),
    height: panelHeight * lines,
    description: `${title}: how many times as fast as ${report.baseline} each contender is, in ${cases.join(', ')}. The tables have the numbers.`,
    body: [...names, ...panels],
  });
}

function marksOf(report: BenchReport, name: string, rows: readonly string[]): Mark[] {
  return rows.flatMap((setting, row) => {
    const result = resultOf(report, name, setting);
    const ratio = ratioOf(report, result);
    if (result === undefined || ratio === undefined) return [];
    return [{ row, ratio, interval: result.ratioInterval ?? [ratio, ratio], isOwn: isOwn(result) }];
  });
}

/** What this project makes stands out. */
function isOwn({ contender }: Pick<BenchResult, 'contender'>): boolean {
  return contender.startsWith('polyneuron-');
}

/** Whole decades that hold every value and 1. */
function decadesAround(values: readonly number[]): readonly [number, number] {
  const exponents = [1, ...values].map((value) => Math.log10(value));
  return [Math.floor(Math.min(...exponents)), Math.max(1, Math.ceil(Math.max(...exponents)))];
}

function drawNames(rows: readonly string[], left: number, top: number): Html {
  return html`${rows.map(
    (name, row) =>
      html`<text class="name" x="${coordinate(left - 6)}" y="${coordinate(top + middleOf(row) + 4)}" text-anchor="end">${name}</text>
`,
  )}`;
}

function drawPanel(
  name: string,
  marks: readonly Mark[],
  rows: number,
  [low, high]: readonly [number, number],
): Html {
  const span = panelWidth - insetLeft - insetRight;
  const place = (ratio: number) => insetLeft + (span * (Math.log10(ratio) - low)) / (high - low);
  const bottom = head + rowHeight * rows;
  const ticks = Array.from({ length: high - low + 1 }, (_, at) => low + at);
  const isLabelled = (exponent: number) => high - low <= crowdedDecades || exponent % 2 === 0;
  return html`<text class="name" x="${insetLeft}" y="18">${name}</text>
${ticks.map((exponent) => {
  const x = coordinate(place(10 ** exponent));
  const label = isLabelled(exponent)
    ? html`<text x="${x}" y="${bottom + 16}" text-anchor="middle">${formatLogTick(10 ** exponent)}</text>`
    : nothing;
  return html`<path class="${exponent === 0 ? 'edge' : 'rule'}" d="M${x} ${head - 6}V${bottom}"/>${label}
`;
})}${marks.map((mark) => drawMark(mark, place))}`;
}

function drawMark(
  { row, ratio, interval: [low, high], isOwn: own }: Mark,
  place: (ratio: number) => number,
): Html {
  const y = coordinate(middleOf(row));
  const line = `M${coordinate(place(low))} ${y}H${coordinate(place(high))}`;
  return html`<path class="${own ? 's1' : 's0'}" d="${line}"/><circle class="${own ? 's1' : 's0'}" cx="${coordinate(place(ratio))}" cy="${y}" r="3"/>
`;
}

function middleOf(row: number): number {
  return head + rowHeight * (row + 0.5);
}
