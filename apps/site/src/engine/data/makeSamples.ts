import {
  crossPolynomial,
  type LogicGateName,
  logicGate,
  polynomialSurface,
  type Random,
  type Split,
  syntheticGlyphs,
  twoSpirals,
} from '@polyneuron/datasets';
import type { PointTable } from '../../protocol/messages.js';
import { variantOf } from '../../state/datasets.js';
import type { DatasetKey, Settings } from '../../state/settings.js';
import { derivedSeed, streamOf } from '../streams.js';
import type { Samples } from './dataSet.js';
import { averagePixels } from './glyphs.js';
import { type ClassSetKey, pointOfClass, type TargetSetKey, targetAt, uniformPoint } from './planeSets.js';

export interface SampleRequest {
  readonly count: number;
  readonly variant: number;
  /** Standard deviation of the noise, as a share of the half-range. */
  readonly noise: number;
  /** For generators that draw by themselves. */
  readonly seed: number;
  readonly random: Random;
  readonly points: PointTable | undefined;
}

type Maker = (request: SampleRequest) => Samples;

const ofClasses =
  (set: ClassSetKey): Maker =>
  ({ count, variant, random }) =>
    labelled(count, (label) => pointOfClass(set, label, variant, random));

const ofTargets =
  (set: TargetSetKey): Maker =>
  ({ count, random }) => {
    const points = Array.from({ length: count }, () => uniformPoint(random));
    return {
      task: 'regression',
      x: Float32Array.from(points.flat()),
      y: Float32Array.from(points, ([x1, x2]) => targetAt(set, x1, x2)),
    };
  };

/** Classes alternate: 0, 1, 0, 1, ... */
function labelled(count: number, draw: (label: number) => readonly [number, number]): Samples {
  const y = Float32Array.from({ length: count }, (_, at) => at % 2);
  return { task: 'binary', x: Float32Array.from(Array.from(y, (label) => draw(label)).flat()), y };
}

const spiralTurns = [1, 1.75, 2, 3];
const gates: readonly LogicGateName[] = ['and', 'or', 'nor', 'nand', 'xor'];
/** Largest radius of `twoSpirals`. */
const spiralRadius = 6.5;
/** Spread of points around a corner of a gate, and of a Gaussian. */
const gateSpread = 0.12;
const gaussianSpread = 0.22;
const gaussianCenter = 0.4;

const ofPoints: Maker = ({ points }) => {
  const { isClassification, points: rows } = points ?? { isClassification: true, points: [] };
  return {
    task: isClassification ? 'binary' : 'regression',
    x: Float32Array.from(rows.flatMap((row) => row.slice(0, 2))),
    y: Float32Array.from(rows, ([, , y]) => y),
  };
};

const fromSplit = (task: Samples['task'], { x, y }: Split): Samples => ({ task, x, y: Float32Array.from(y) });

const makers: { readonly [K in DatasetKey]: Maker } = {
  ring: ofClasses('ring'),
  xor: ofClasses('xor'),
  moons: ofClasses('moons'),
  checker: ofClasses('checker'),
  edge: ofClasses('edge'),
  gaussians: ({ count, random }) =>
    labelled(count, (label) => {
      const center = label === 1 ? gaussianCenter : -gaussianCenter;
      return [center + gaussianSpread * random.normal(), center + gaussianSpread * random.normal()];
    }),
  spiral({ count, variant, seed }) {
    const samples = fromSplit(
      'binary',
      twoSpirals({ count, turns: spiralTurns[variant - 1], noise: 0, seed }),
    );
    return { ...samples, x: samples.x.map((value) => value / spiralRadius) };
  },
  gate({ count, variant, random }) {
    const table = logicGate({ gate: gates[variant - 1] });
    const corner = (row: number, axis: number) => (table.x[2 * row + axis] === 1 ? 0.6 : -0.6);
    const rows = Array.from({ length: count }, (_, at) => at % table.count);
    return {
      task: 'binary',
      x: Float32Array.from(
        rows.flatMap((row) => [0, 1].map((axis) => corner(row, axis) + gateSpread * random.normal())),
      ),
      y: Float32Array.from(rows, (row) => table.y[row]),
    };
  },
  saddle: ofTargets('saddle'),
  plane: ofTargets('plane'),
  ripple: ofTargets('ripple'),
  kink: ofTargets('kink'),
  polynomial: ({ count, variant, seed }) =>
    fromSplit('regression', polynomialSurface({ count, dims: 2, degree: variant, seed })),
  crossSeed: ({ count, seed }) => fromSplit('regression', crossPolynomial({ count, seed })),
  glyphs({ count, noise, seed }) {
    const { x, y } = syntheticGlyphs({ count, noise, seed });
    return { task: 'classes', x: averagePixels(x, count), y: Float32Array.from(y) };
  },
  drawn: ofPoints,
  csv: ofPoints,
};

/**
 * The samples that settings ask for, without their noise (but for glyphs, whose generator adds it).
 *
 * The points of a seed are the same for every noise and every share of test samples.
 */
export function makeSamples(settings: Settings, points?: PointTable): Samples {
  const { dataset, samples, noise, dataSeed, variant } = settings;
  return makers[dataset]({
    count: samples,
    variant: variantOf(dataset, variant),
    noise: noise / 100,
    seed: derivedSeed(dataSeed, 'points'),
    random: streamOf(dataSeed, 'points'),
    points,
  });
}
