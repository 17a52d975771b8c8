import { ValueError } from '@polyneuron/graph';
import type { Operation } from './errors.js';

export const defaultBatchSize = 32;

/** A whole number of at least 1, or `fallback` where it is left out. */
export function positiveInteger(
  operation: Operation,
  option: string,
  value: number | undefined | null,
  fallback: number,
): number {
  const given = value ?? fallback;
  if (Number.isInteger(given) && given > 0) return given;
  throw new ValueError({
    subject: operation,
    expected: `${option} to be a whole number of at least 1`,
    received: typeof given === 'string' ? `'${given}'` : String(given),
    fix: `pass ${option}: ${fallback}, or leave it out`,
  });
}

/** A whole number of at least 0. */
export function naturalNumber(
  operation: Operation,
  option: string,
  value: number | undefined | null,
  fallback: number,
): number {
  const given = value ?? fallback;
  if (Number.isInteger(given) && given >= 0) return given;
  throw new ValueError({
    subject: operation,
    expected: `${option} to be a whole number of at least 0`,
    received: typeof given === 'string' ? `'${given}'` : String(given),
    fix: `pass ${option}: ${fallback}, or leave it out`,
  });
}
