/** @file Values as one of a few colours, symmetric about zero. */
import { formatTick } from '../../report/numbers.js';

/** Levels on each side of zero. */
export const levelCount = 5;

export interface Levels {
  /** Width of a level in values: level k holds (k - 1/2) step to (k + 1/2) step, the outermost all beyond. */
  readonly step: number;
  /** Lowest and highest that are drawn. */
  readonly range: readonly [number, number];
  levelOf(value: number): number;
  /** Where one level ends and the next begins. */
  readonly thresholds: readonly number[];
  label(level: number): string;
}

const niceSteps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/**
 * Levels that show 95 of 100 values apart and put the rest into the outermost.
 *
 * Zero lies in the middle of a level, not on an edge, where rounding would decide.
 */
export function levelsFor(values: readonly number[]): Levels {
  const sizes = values.map(Math.abs).sort((a, b) => a - b);
  const typical = sizes[Math.ceil(0.95 * sizes.length) - 1] || sizes.at(-1) || 1;
  const step = niceStep(typical / (levelCount + 0.5));
  const levelOf = (value: number) => Math.max(-levelCount, Math.min(levelCount, Math.round(value / step)));
  const drawn = values.map(levelOf);
  const range = [Math.min(0, ...drawn), Math.max(0, ...drawn)] as const;
  const isBeyond = (level: number) =>
    Math.abs(level) === levelCount &&
    values.some((value) => value / step / Math.sign(level) > levelCount + 0.5);
  return {
    step,
    range,
    levelOf,
    thresholds: Array.from({ length: range[1] - range[0] }, (_, at) => (range[0] + at + 0.5) * step),
    label: (level) =>
      `${isBeyond(level) ? (level < 0 ? '≤ ' : '≥ ') : ''}${formatTick(level * step, smallestDigit(step))}`,
  };
}

/** The least of 1, 1.5, 2, 2.5, ... times a power of ten that is not below `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * niceSteps.find((step) => step * power >= least * (1 - 1e-9))!;
}

/** The place of the last digit that tells multiples of a nice step apart. */
function smallestDigit(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step) + 1e-9);
  const lead = step / power;
  return Math.abs(lead - Math.round(lead)) < 1e-6 ? power : power / 10;
}
