/** @file How fit steps, as the user asks for it: optimizer, schedule, clipping, parameter groups; checked all at once. */
import type { OptionProblem } from '../errors.js';
import type { ParameterGroups } from './parameterGroups.js';
import type { ScheduleArgs } from './schedule.js';

/**
 * An optimizer by name, with its options: { name: 'adamW', learningRate: 1e-3, weightDecay: 0.01 }. It keeps its state
 * as long as this object: pass the same object to the next fit to go on.
 */
export interface OptimizerArgs {
  readonly name: string;
  readonly [option: string]: unknown;
}

export interface TrainingOptions {
  /** An optimizer in place of the one that the model was compiled with. */
  readonly optimizer?: OptimizerArgs | null;
  /** The learning rate over steps, in place of the optimizer's. */
  readonly schedule?: ScheduleArgs | null;
  /** Each weight's gradient scaled to at most this norm; at most one of the three clips. */
  readonly clipNorm?: number | null;
  /** All gradients scaled to at most this norm together: their direction stays. */
  readonly clipGlobalNorm?: number | null;
  /** Every element of every gradient into [-clipValue, clipValue]. */
  readonly clipValue?: number | null;
  /**
   * Weights that learn otherwise than the rest: { higherOrder: { learningRateFactor: 1e-2, decay: 1e-3 } }. Weights
   * whose law is random are pulled to where they were when the first fit with this object began.
   */
  readonly parameterGroups?: ParameterGroups | null;
}

/** What is wrong with options: every reader adds to it and goes on. */
export class Problems {
  readonly list: OptionProblem[];

  constructor(known: readonly OptionProblem[] = []) {
    this.list = [...known];
  }

  get count(): number {
    return this.list.length;
  }

  add(option: string, problem: string): void {
    this.list.push({ option, problem });
  }
}

/** Adds a problem unless the value is a finite number of at least 0, or above it. */
export function checkNumber(
  problems: Problems,
  option: string,
  value: unknown,
  bound: 'notNegative' | 'positive',
): void {
  const isAbove = bound === 'positive' ? (value as number) > 0 : (value as number) >= 0;
  if (typeof value === 'number' && Number.isFinite(value) && isAbove) return;
  const least = bound === 'positive' ? 'above 0' : 'of at least 0';
  problems.add(option, `expected a finite number ${least}, got ${describe(value)}`);
}

/** A value as errors show it. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (value === undefined) return 'nothing';
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
