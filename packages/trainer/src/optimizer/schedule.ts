import {
  closestName,
  schedule as findSchedule,
  type ScheduleConfigs,
  type ScheduleName,
  schedules,
  type WarmUpConfig,
  warmUp,
} from '@polyneuron/kernels';
import type { OptimizerPlan } from './optimizerPlan.js';
import { checkNumber, describe, isRecord, type Problems } from './problems.js';

/**
 * A learning-rate schedule by name, with its options, after an optional straight rise from `warmUp.from`:
 * { name: 'cosineDecay', initialLearningRate: 1e-3, decaySteps: 1000, warmUp: { warmUpSteps: 100 } }. Steps are those
 * of the optimizer, counted over all calls of fit that share its state.
 */
export type ScheduleArgs = {
  [K in ScheduleName]: { readonly name: K; readonly warmUp?: WarmUpConfig } & ScheduleConfigs[K];
}[ScheduleName];

type Kind = 'notNegative' | 'positive' | 'boolean' | 'numbers';
type Options<C> = {
  readonly [K in keyof C]-?: readonly [kind: Kind, need: undefined extends C[K] ? 'optional' : 'required'];
};

const rate = ['notNegative', 'required'] as const;
const steps = ['positive', 'required'] as const;
const decay = {
  initialLearningRate: rate,
  decaySteps: steps,
  decayRate: rate,
  staircase: ['boolean', 'optional'],
} as const;

const options: { readonly [K in ScheduleName]: Options<ScheduleConfigs[K]> } = {
  constant: { learningRate: rate },
  exponentialDecay: decay,
  inverseTimeDecay: decay,
  polynomialDecay: {
    initialLearningRate: rate,
    decaySteps: steps,
    endLearningRate: ['notNegative', 'optional'],
    power: ['notNegative', 'optional'],
    cycle: ['boolean', 'optional'],
  },
  piecewiseConstant: { boundaries: ['numbers', 'required'], values: ['numbers', 'required'] },
  cosineDecay: { initialLearningRate: rate, decaySteps: steps, alpha: ['notNegative', 'optional'] },
};

const warmUpOptions: Options<WarmUpConfig> = {
  warmUpSteps: ['notNegative', 'required'],
  from: ['notNegative', 'optional'],
};

/** The schedule of a fit as graph; undefined where there is none, or none that can be followed. */
export function readSchedule(given: unknown, problems: Problems): OptimizerPlan['schedule'] {
  if (given === undefined || given === null) return undefined;
  if (!isRecord(given)) {
    problems.add('schedule', `expected { name, ...options }, got ${describe(given)}`);
    return undefined;
  }
  const name = Object.keys(schedules).find((known) => spellings(known).includes(given.name));
  if (name === undefined) {
    const known = Object.keys(schedules);
    problems.add('schedule.name', `expected one of ${known.join(', ')}, got ${describe(given.name)}`);
    return undefined;
  }
  const { name: _, warmUp: rise, ...config } = given;
  const before = problems.count;
  checkOptions('schedule', config, options[name as ScheduleName], problems);
  if (rise !== undefined) {
    if (isRecord(rise)) checkOptions('schedule.warmUp', rise, warmUpOptions, problems);
    else problems.add('schedule.warmUp', `expected { warmUpSteps }, got ${describe(rise)}`);
  }
  if (name === 'piecewiseConstant' && problems.count === before)
    checkPieces(config as unknown as ScheduleConfigs['piecewiseConstant'], problems);
  if (problems.count > before) return undefined;
  const spec = findSchedule(name);
  const own: NonNullable<OptimizerPlan['schedule']> = (finishedSteps) =>
    spec.learningRate(config, finishedSteps);
  return rise === undefined ? own : warmUp(rise as WarmUpConfig, own);
}

function spellings(name: string): readonly unknown[] {
  return [name, ...schedules[name as ScheduleName].aliases];
}

function checkOptions(
  path: string,
  given: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, readonly [Kind, 'optional' | 'required']>>,
  problems: Problems,
): void {
  for (const option of Object.keys(given)) {
    if (Object.hasOwn(known, option)) continue;
    const closest = closestName(option, Object.keys(known));
    problems.add(
      `${path}.${option}`,
      closest
        ? `no such option; did you mean ${closest}?`
        : `no such option; it takes ${Object.keys(known).join(', ')}`,
    );
  }
  for (const [option, [kind, need]] of Object.entries(known)) {
    const value = given[option];
    if (value === undefined && need === 'optional') continue;
    if (kind === 'boolean' || kind === 'numbers') {
      const isRight =
        kind === 'boolean'
          ? typeof value === 'boolean'
          : Array.isArray(value) && value.every((one) => Number.isFinite(one));
      if (!isRight)
        problems.add(
          `${path}.${option}`,
          `expected ${kind === 'boolean' ? 'true or false' : 'a list of finite numbers'}, got ${describe(value)}`,
        );
    } else checkNumber(problems, `${path}.${option}`, value, kind);
  }
}

function checkPieces({ boundaries, values }: ScheduleConfigs['piecewiseConstant'], problems: Problems): void {
  if (!boundaries.every((boundary, at) => at === 0 || boundary > boundaries[at - 1]))
    problems.add('schedule.boundaries', `expected rising numbers, got ${describe(boundaries)}`);
  if (values.length !== boundaries.length + 1)
    problems.add(
      'schedule.values',
      `expected one more than the ${boundaries.length} boundaries, got ${values.length}`,
    );
}
