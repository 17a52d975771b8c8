import { growDecades, linearTicks } from '../../../drawing/axisTicks.js';
import { divergingTable } from '../../../drawing/colourTable.js';
import { contourLines } from '../../../drawing/contourLines.js';
import type { Curve, Series } from '../../../drawing/curve.js';
import { paintGrid } from '../../../drawing/paintGrid.js';
import type { PointCloud } from '../../../drawing/paintPoints.js';
import { palettes, type ShownTheme } from '../../../drawing/palette.js';
import type { SurfacePicture } from '../../../views/surfacePicture.js';
import { encodePng } from './encodePng.js';

const side = 320;

/** A surface as an SVG file: the grid as a picture, contours and samples above it, as the page paints them. */
export function drawSurface(picture: SurfacePicture, theme: ShownTheme): string {
  const { values, size, extent, scale, contours, points, isWrong } = picture;
  const palette = palettes[theme];
  const pixels = new Uint32Array(size * size);
  paintGrid(values, pixels, size, divergingTable(theme), scale);
  const png = encodePng(pixels, size).toString('base64');
  const lines = contours.map(({ level, isBoundary }) => {
    const path = contourLines(values, size, level)
      .map((line) => `M${line.map((place) => round(((place + 0.5) * side) / size)).join(' ')}`)
      .join('');
    if (path === '') return '';
    return isBoundary
      ? `<path d="${path}" stroke="${palette.background}" stroke-width="5"/><path d="${path}" stroke="${palette.text}" stroke-width="2"/>`
      : `<path d="${path}" stroke="${palette.text}" stroke-dasharray="5 4"/>`;
  });
  return svg(side, side, [
    `<image width="${side}" height="${side}" preserveAspectRatio="none" href="data:image/png;base64,${png}"/>`,
    points ? drawPoints(points, extent, theme, isWrong) : '',
    `<g fill="none" stroke-linejoin="round">${lines.join('')}</g>`,
  ]);
}

function drawPoints(cloud: PointCloud, extent: number, theme: ShownTheme, isWrong?: Uint8Array): string {
  const palette = palettes[theme];
  const place = (value: number) => round(((value + extent) / (2 * extent)) * side);
  const groups = new Map<string, string>();
  for (let index = 0; index < cloud.isTest.length; index++) {
    const [x, y] = [place(cloud.positions[2 * index]), side - place(cloud.positions[2 * index + 1])];
    const isPositive = cloud.classes[index] === 1;
    const { fill, outline } = palette.marks[isPositive ? 1 : 0];
    const look =
      cloud.isTest[index] === 1
        ? `fill="${palette.hollow.fill}" stroke="${outline}" stroke-width="1.25"`
        : `fill="${fill}" stroke="${outline}" stroke-width="1.25"`;
    const shape = isPositive
      ? `M${round(x - 2.9)} ${y}a2.9 2.9 0 1 0 5.8 0a2.9 2.9 0 1 0-5.8 0`
      : `M${x} ${round(y - 3.6)}l3.6 3.6l-3.6 3.6l-3.6-3.6z`;
    groups.set(look, (groups.get(look) ?? '') + shape);
    if (isWrong?.[index] === 1) {
      const ring = `fill="none" stroke="${palette.text}" stroke-width="1.25"`;
      groups.set(ring, `${groups.get(ring) ?? ''}M${round(x - 6)} ${y}a6 6 0 1 0 12 0a6 6 0 1 0-12 0`);
    }
  }
  return [...groups].map(([look, path]) => `<path ${look} d="${path}"/>`).join('');
}

const chart = { width: 560, height: 220, left: 40, top: 8, right: 48, bottom: 34 };

/** The loss curves as an SVG file, test losses alone. */
export function drawLoss(curve: Curve, stop: number, theme: ShownTheme): string {
  const palette = palettes[theme];
  const { width, height, left, top } = chart;
  const [inner, tall] = [width - left - chart.right, height - top - chart.bottom];
  const points = Array.from({ length: curve.length }, (_, at) => at);
  const losses = points.flatMap((at) => [curve.value(at, 1), curve.value(at, 3)]);
  const decades = growDecades(undefined, Math.min(...losses), Math.max(...losses));
  const up = (loss: number) =>
    round(top + tall * (1 - (Math.log10(loss) - decades.low) / (decades.high - decades.low)));
  const across = (step: number) => round(left + (step / stop) * inner);
  const line = (series: Series) =>
    `M${points.map((at) => `${across(curve.step(at))} ${up(curve.value(at, series))}`).join('L')}`;
  const text = (x: number, y: number, anchor: string, body: string, colour: string, weight = 400) =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}" font-weight="${weight}">${body}</text>`;
  const parts: string[] = [];
  for (let exponent = decades.low; exponent <= decades.high; exponent++) {
    const y = up(10 ** exponent);
    parts.push(`<path d="M${left} ${y}h${inner}" stroke="${palette.line}"/>`);
    parts.push(text(left - 6, y + 4, 'end', String(10 ** exponent), palette.muted));
  }
  for (const tick of linearTicks(stop, 4))
    parts.push(text(across(tick), top + tall + 17, 'middle', String(tick), palette.muted));
  parts.push(text(left + inner, top + tall + 31, 'end', 'steps', palette.muted));
  const end = curve.length - 1;
  for (const [series, name, colour, dashes] of [
    [3, 'rival', palette.rival, ' stroke-dasharray="6 4"'],
    [1, 'ours', palette.ours, ''],
  ] as const) {
    parts.push(`<path d="${line(series)}" fill="none" stroke="${colour}" stroke-width="2"${dashes}/>`);
    parts.push(text(left + inner + 4, up(curve.value(end, series)) + 4, 'start', name, colour, 600));
  }
  return svg(width, height, [`<g font-family="system-ui, sans-serif" font-size="12">${parts.join('')}</g>`]);
}

function svg(width: number, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join('')}</svg>\n`;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
