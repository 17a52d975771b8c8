/** @file What interactionMatrix refuses. */
import { type Node, ShapeError, ValueError } from '@polyneuron/graph';
import type { InteractionUnit } from './interactionGroups.js';

export function requireFloats(inputs: readonly Node[]): void {
  const integers = inputs.flatMap(({ dtype }, at) =>
    dtype === 'float32' ? [] : [`input ${at} of ${dtype}`],
  );
  if (integers.length === 0) return;
  throw new ValueError({
    subject: 'interactionMatrix',
    expected: 'float32 inputs: integers have no derivative',
    received: integers.join(', '),
    fix: 'take the layer behind the embedding: interactionMatrix(layer, { samples })',
  });
}

export function samplesNeeded(): ValueError {
  return new ValueError({
    subject: 'interactionMatrix',
    expected: 'samples: the second derivatives of this subject change with its inputs',
    received: 'none',
    fix: 'pass samples: rows of the data that the model is for',
  });
}

export function requireOutput(output: number | undefined, count: number): number[] {
  if (output === undefined) return Array.from({ length: count }, (_, at) => at);
  if (Number.isInteger(output) && output >= 0 && output < count) return [output];
  throw new ValueError({
    subject: 'interactionMatrix',
    expected: `output to be a whole number from 0 to ${count - 1}`,
    received: String(output),
    fix: 'leave it out for all outputs together',
  });
}

export function requireWord(option: string, value: string, words: readonly string[]): void {
  if (words.includes(value)) return;
  throw new ValueError({
    subject: 'interactionMatrix',
    expected: `${option} to be one of ${words.join(', ')}`,
    received: `'${value}'`,
    fix: 'leave it out for the default',
  });
}

export function requireNames(
  given: readonly string[] | undefined,
  groups: readonly number[],
  unit: InteractionUnit,
): readonly string[] {
  const count = Math.max(-1, ...groups) + 1;
  const stem = { element: 'x', field: 'field' }[unit];
  const names = given ?? Array.from({ length: count }, (_, at) => `${stem}${at}`);
  if (names.length === count) return names;
  throw new ShapeError({
    subject: 'interactionMatrix',
    expected: `${count} names, one per ${unit}`,
    received: String(names.length),
    fix: 'leave names out, or name every one',
  });
}
