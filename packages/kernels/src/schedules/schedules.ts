/** @file Learning-rate schedules with the arithmetic of keras.optimizers.schedules 3.15. η is `initialLearningRate`, t the finished steps. */
import {
  add,
  constant,
  cos,
  div,
  equal,
  floor,
  lessEqual,
  min,
  mul,
  type Node,
  neg,
  pow,
  select,
  sub,
  ValueError,
} from '@polyneuron/graph';
import { findByName } from '../findByName.js';
import type { ScheduleSpec } from './scheduleSpec.js';

export interface ConstantConfig {
  readonly learningRate: number;
}

export interface DecayConfig {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Decay in whole steps of `decaySteps`; default false */
  readonly staircase?: boolean;
}

export interface PolynomialConfig {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  /** default 1e-4 */
  readonly endLearningRate?: number;
  /** default 1 */
  readonly power?: number;
  /** Start again, each time longer, when the end is reached; default false */
  readonly cycle?: boolean;
}

export interface PiecewiseConfig {
  /** Rising; a value holds up to and including its boundary. */
  readonly boundaries: readonly number[];
  /** One more than boundaries. */
  readonly values: readonly number[];
}

export interface CosineConfig {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  /** Share of the initial rate that remains at the end; default 0 */
  readonly alpha?: number;
}

export interface ScheduleConfigs {
  constant: ConstantConfig;
  exponentialDecay: DecayConfig;
  inverseTimeDecay: DecayConfig;
  polynomialDecay: PolynomialConfig;
  piecewiseConstant: PiecewiseConfig;
  cosineDecay: CosineConfig;
}

export type ScheduleName = keyof ScheduleConfigs;

const progress = ({ decaySteps, staircase = false }: DecayConfig, step: Node): Node => {
  const ratio = div(step, decaySteps);
  return staircase ? floor(ratio) : ratio;
};

const ceil = (x: Node): Node => neg(floor(neg(x)));

/** Every schedule, by name. */
export const schedules: { readonly [K in ScheduleName]: ScheduleSpec<ScheduleConfigs[K]> } = {
  constant: {
    name: 'constant',
    aliases: [],
    formula: 'η',
    source: 'by definition',
    learningRate: ({ learningRate }) => constant(learningRate),
  },
  exponentialDecay: {
    name: 'exponentialDecay',
    aliases: ['ExponentialDecay'],
    formula: 'η r^(t / T), the exponent rounded down with staircase',
    source: 'keras.optimizers.schedules.ExponentialDecay',
    learningRate: (config, step) =>
      mul(pow(constant(config.decayRate), progress(config, step)), config.initialLearningRate),
  },
  inverseTimeDecay: {
    name: 'inverseTimeDecay',
    aliases: ['InverseTimeDecay'],
    formula: 'η / (1 + r t / T), t / T rounded down with staircase',
    source: 'keras.optimizers.schedules.InverseTimeDecay',
    learningRate: (config, step) =>
      div(config.initialLearningRate, add(mul(progress(config, step), config.decayRate), 1)),
  },
  polynomialDecay: {
    name: 'polynomialDecay',
    aliases: ['PolynomialDecay'],
    formula:
      '(η - end) (1 - min(t, T) / T)^p + end; with cycle T grows to its next whole multiple not below t',
    source: 'keras.optimizers.schedules.PolynomialDecay',
    learningRate: (
      { initialLearningRate, decaySteps, endLearningRate = 1e-4, power = 1, cycle = false },
      step,
    ) => {
      const cycles = select(equal(step, 0), 1, ceil(div(step, decaySteps)));
      const ratio = cycle ? div(step, mul(cycles, decaySteps)) : div(min(step, decaySteps), decaySteps);
      return add(mul(pow(sub(1, ratio), power), initialLearningRate - endLearningRate), endLearningRate);
    },
  },
  piecewiseConstant: {
    name: 'piecewiseConstant',
    aliases: ['PiecewiseConstantDecay', 'piecewiseConstantDecay'],
    formula: 'values[i] for the first i with t <= boundaries[i], else the last value',
    source: 'keras.optimizers.schedules.PiecewiseConstantDecay',
    learningRate: ({ boundaries, values }, step) => {
      checkPieces(boundaries, values);
      const last: Node = constant(values[values.length - 1]);
      return boundaries.reduceRight(
        (rest, boundary, at) => select(lessEqual(step, boundary), values[at], rest),
        last,
      );
    },
  },
  cosineDecay: {
    name: 'cosineDecay',
    aliases: ['CosineDecay'],
    formula: 'η ((1 - a) (1 + cos(π min(t, T) / T)) / 2 + a)',
    source: 'Loshchilov & Hutter 2016; keras.optimizers.schedules.CosineDecay',
    learningRate: ({ initialLearningRate, decaySteps, alpha = 0 }, step) => {
      const wave = add(cos(mul(div(min(step, decaySteps), decaySteps), Math.PI)), 1);
      return mul(add(mul(wave, (1 - alpha) / 2), alpha), initialLearningRate);
    },
  },
};

/**
 * The schedule of this name or alias.
 *
 * Throws   ValueError that lists every schedule
 */
export function schedule(name: string): ScheduleSpec {
  return findByName<ScheduleSpec>('schedule', schedules, name);
}

function checkPieces(boundaries: readonly number[], values: readonly number[]): void {
  const isRising = boundaries.every((boundary, at) => at === 0 || boundary > boundaries[at - 1]);
  if (isRising && values.length === boundaries.length + 1) return;
  throw new ValueError({
    subject: 'piecewiseConstant',
    expected: 'rising boundaries and one more value than boundaries',
    received: `boundaries [${boundaries.join(', ')}] and values [${values.join(', ')}]`,
    fix: 'sort the boundaries, and add or remove a value',
  });
}
