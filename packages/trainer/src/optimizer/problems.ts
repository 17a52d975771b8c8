/** @file Checking options all at once. */
import type { OptionProblem } from '../errors.js';

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
