/** @file The colours of figures, for light and for dark pages. An SVG file has no page to take them from. */
import { levelCount } from './levels.js';

interface Theme {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly rule: string;
  readonly negative: string;
  readonly zero: string;
  readonly positive: string;
}

const light: Theme = {
  paper: '#ffffff',
  ink: '#1c1f26',
  muted: '#5b6270',
  rule: '#dcdfe5',
  negative: '#0a67ac',
  zero: '#f4f5f7',
  positive: '#b84500',
};

const dark: Theme = {
  paper: '#15171c',
  ink: '#e6e8ec',
  muted: '#a4abb8',
  rule: '#343943',
  negative: '#5fb4f2',
  zero: '#22252c',
  positive: '#ff9b57',
};

/** Lines that follow each other: they differ in lightness too. */
const series = { light: ['#0a67ac', '#b84500', '#2f7d32'], dark: ['#5fb4f2', '#ff9b57', '#8fd694'] };

/** Name of the class that fills with the colour of a level. */
export function levelClass(level: number): string {
  return level < 0 ? `n${-level}` : level > 0 ? `p${level}` : 'z';
}

export const figureStyles = `
svg { font: 12px system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif; }
${rules(light, series.light)}
@media (prefers-color-scheme: dark) {
${rules(dark, series.dark)}
}
`.trimStart();

function rules(theme: Theme, lines: readonly string[]): string {
  const levels = Array.from({ length: 2 * levelCount + 1 }, (_, at) => {
    const level = at - levelCount;
    const end = level < 0 ? theme.negative : theme.positive;
    return `.${levelClass(level)} { fill: ${mixed(theme.zero, end, Math.abs(level) / levelCount)}; }`;
  });
  return [
    `.paper { fill: ${theme.paper}; } text { fill: ${theme.muted}; } .name { fill: ${theme.ink}; }`,
    `.rule { stroke: ${theme.rule}; fill: none; } .edge { stroke: ${theme.muted}; fill: none; }`,
    `.start { stroke: ${theme.muted}; fill: none; stroke-width: 1.5; stroke-dasharray: 5 4; }`,
    ...lines.map((colour, at) => `.s${at} { stroke: ${colour}; fill: none; stroke-width: 2; }`),
    levels.join(' '),
  ].join('\n');
}

function mixed(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round(a! + share * (b! - a!))
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
