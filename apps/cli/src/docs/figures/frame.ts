/** @file The parts that figures share: names of axes, ticks, and the bar that explains the colours. */
import { type Content, type Html, html } from '../../report/html.js';
import type { Levels } from './levels.js';
import { levelClass } from './palette.js';
import { coordinate } from './svgFile.js';

/** The part of a figure that values are drawn in, in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Tick {
  /** 0 at the start of the axis, 1 at its end. */
  readonly position: number;
  readonly text: string;
}

export const tickHeight = 18;

export function drawTicksBelow(area: Area, ticks: readonly Tick[]): Html {
  const y = area.top + area.height + tickHeight;
  return html`<g text-anchor="middle">${ticks.map(
    ({ position, text }) =>
      html`<text x="${coordinate(area.left + position * area.width)}" y="${y}">${text}</text>`,
  )}</g>
`;
}

export function drawTicksLeft(area: Area, ticks: readonly Tick[]): Html {
  return html`<g text-anchor="end">${ticks.map(
    ({ position, text }) =>
      html`<text x="${area.left - 8}" y="${coordinate(area.top + (1 - position) * area.height + 4)}">${text}</text>`,
  )}</g>
`;
}

export function drawAxisNames(area: Area, below: Content, left: Content): Html {
  const middle = area.top + area.height / 2;
  return html`<text class="name" text-anchor="middle" x="${area.left + area.width / 2}" y="${area.top + area.height + 40}">${below}</text>
<text class="name" text-anchor="middle" x="14" y="${middle}" transform="rotate(-90 14 ${middle})" dy="4">${left}</text>
`;
}

/** A name with its index set lower: x₂ is typed with a subscript digit, which every font of the list has. */
export function subscript(name: string, index: string): string {
  return `${name}${index.replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)])}`;
}

export const barWidth = 92;
const largestBox = 20;
const boxWidth = 16;
const nameHeight = 20;

/** One box per level that is drawn, the highest on top, centred beside the area. */
export function drawColourBar(area: Area, levels: Levels, name: string): Html {
  const [low, high] = levels.range;
  const count = high - low + 1;
  const x = area.left + area.width + 26;
  const boxHeight = Math.min(largestBox, Math.floor((area.height - nameHeight) / count));
  const top = area.top + nameHeight + Math.floor((area.height - nameHeight - count * boxHeight) / 2);
  const boxes = Array.from({ length: count }, (_, at) => {
    const y = top + at * boxHeight;
    const level = high - at;
    return html`<rect class="${levelClass(level)}" x="${x}" y="${y}" width="${boxWidth}" height="${boxHeight}"/><text x="${x + boxWidth + 8}" y="${y + Math.round(boxHeight / 2) + 4}">${levels.label(level)}</text>
`;
  });
  return html`<text class="name" x="${x}" y="${top - 8}">${name}</text>
${boxes}<rect class="rule" x="${x}" y="${top}" width="${boxWidth}" height="${count * boxHeight}"/>
`;
}
