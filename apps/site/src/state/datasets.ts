/** @file What is known about each data set before it is made: the form, the code text and the engine read it. */
import type { DatasetKey } from './settings.js';

export type Task = 'binary' | 'regression' | 'classes';

export interface DatasetInfo {
  /** undefined: the points that come with the settings decide between 'binary' and 'regression'. */
  readonly task: Task | undefined;
  readonly inputNames: readonly string[];
  /** Numbers that a network of this problem returns: one logit or target, or one logit per class. */
  readonly outputs: number;
  /** What `variant` chooses, counted from 1; left out where it chooses nothing. */
  readonly variants?: readonly string[];
  readonly imageShape?: readonly [height: number, width: number];
}

const plane = ['x1', 'x2'] as const;
const binary: DatasetInfo = { task: 'binary', inputNames: plane, outputs: 1 };
const regression: DatasetInfo = { task: 'regression', inputNames: plane, outputs: 1 };
const given: DatasetInfo = { task: undefined, inputNames: plane, outputs: 1 };

/** Height and width of a glyph: the 28 by 28 pixels of the generator, averaged two by two. */
const glyphSide = 14;

export const datasetInfo: { readonly [K in DatasetKey]: DatasetInfo } = {
  ring: binary,
  xor: binary,
  gaussians: binary,
  spiral: { ...binary, variants: ['1 turn', '1.75 turns', '2 turns', '3 turns'] },
  moons: binary,
  checker: { ...binary, variants: ['2 by 2', '4 by 4', '6 by 6', '8 by 8'] },
  edge: binary,
  gate: { ...binary, variants: ['AND', 'OR', 'NOR', 'NAND', 'XOR'] },
  saddle: regression,
  plane: regression,
  ripple: regression,
  polynomial: {
    ...regression,
    variants: ['degree 1', 'degree 2', 'degree 3', 'degree 4', 'degree 5', 'degree 6'],
  },
  kink: regression,
  crossSeed: { task: 'regression', inputNames: ['x0', 'x1', 'x2'], outputs: 1 },
  glyphs: {
    task: 'classes',
    inputNames: Array.from(
      { length: glyphSide * glyphSide },
      (_, at) => `pixel ${Math.floor(at / glyphSide)}, ${at % glyphSide}`,
    ),
    outputs: 10,
    imageShape: [glyphSide, glyphSide],
  },
  drawn: given,
  csv: given,
};

/** The variant that a data set has for a setting: the last where the setting names more than there are. */
export function variantOf(dataset: DatasetKey, variant: number): number {
  return Math.max(1, Math.min(variant, datasetInfo[dataset].variants?.length ?? 1));
}
