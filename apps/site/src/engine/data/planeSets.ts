/**
 * @file The two-dimensional toys, as a table: what a point's class is, or what its target is. Points are uniform in the
 * square from -1 to 1 by rejection, so that only + - * / and comparisons decide about them.
 */
import type { Random } from '@polyneuron/datasets';
import type { DatasetKey } from '../../state/settings.js';

type Point = readonly [x1: number, x2: number];

/** A class of the square, or undefined where no point of the set lies. */
type ClassOf = (x1: number, x2: number, variant: number) => 0 | 1 | undefined;
type TargetOf = (x1: number, x2: number) => number;

/** Half of the gap along the borders of 'xor', 'checker' and 'edge'. */
const margin = 0.03;

const within = (x1: number, x2: number, least: number, largest: number): boolean => {
  const squared = x1 * x1 + x2 * x2;
  return squared >= least * least && squared <= largest * largest;
};

const classes = {
  ring: (x1, x2) => (within(x1, x2, 0, 0.42) ? 1 : within(x1, x2, 0.58, 0.83) ? 0 : undefined),
  xor: (x1, x2) => (Math.min(Math.abs(x1), Math.abs(x2)) < margin ? undefined : x1 * x2 > 0 ? 1 : 0),
  moons: (x1, x2) =>
    x2 >= -0.16 && within(x1 + 0.32, x2 + 0.16, 0.46, 0.66)
      ? 1
      : x2 <= 0.16 && within(x1 - 0.32, x2 - 0.16, 0.46, 0.66)
        ? 0
        : undefined,
  checker: (x1, x2, variant) => {
    const [a, b] = [variant * (x1 + 1), variant * (x2 + 1)];
    const toBorder = Math.min(Math.abs(a - Math.round(a)), Math.abs(b - Math.round(b))) / variant;
    return toBorder < margin ? undefined : (Math.floor(a) + Math.floor(b)) % 2 === 0 ? 1 : 0;
  },
  edge: (x1, x2) => {
    const distance = 0.8 * x1 - 0.6 * x2 + 0.1;
    return Math.abs(distance) < margin ? undefined : distance > 0 ? 1 : 0;
  },
} satisfies Partial<Record<DatasetKey, ClassOf>>;

const targets = {
  saddle: (x1, x2) => x1 * x2,
  plane: (x1, x2) => 0.7 * x1 - 0.4 * x2 + 0.1,
  ripple: (x1, x2) => Math.cos(2 * Math.PI * Math.sqrt(x1 * x1 + x2 * x2)),
  kink: (x1, x2) => Math.abs(x1 + 0.5 * x2) - 0.5,
} satisfies Partial<Record<DatasetKey, TargetOf>>;

export type ClassSetKey = keyof typeof classes;
export type TargetSetKey = keyof typeof targets;

/** A point of a class; classes of equal size come from alternating labels. */
export function pointOfClass(set: ClassSetKey, label: number, variant: number, random: Random): Point {
  const classOf: ClassOf = classes[set];
  for (;;) {
    const point = uniformPoint(random);
    if (classOf(...point, variant) === label) return point;
  }
}

export function uniformPoint(random: Random): Point {
  return [random.uniform(-1, 1), random.uniform(-1, 1)];
}

export function targetAt(set: TargetSetKey, x1: number, x2: number): number {
  return targets[set](x1, x2);
}
