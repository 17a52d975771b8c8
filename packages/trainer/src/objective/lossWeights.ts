import { ValueError } from '@polyneuron/graph';
import type { Operation } from '../errors.js';

/** Factors of the outputs' losses in the total: in order, or by output name. */
export type LossWeights = readonly number[] | Readonly<Record<string, number>>;

/** One factor per output, 1 where none is given. */
export function resolveLossWeights(
  operation: Operation,
  lossWeights: LossWeights | undefined | null,
  outputNames: readonly string[],
): number[] {
  if (lossWeights === undefined || lossWeights === null) return outputNames.map(() => 1);
  const entries = Array.isArray(lossWeights)
    ? lossWeights.map((weight, at) => [outputNames[at] ?? `output ${at}`, weight] as const)
    : Object.entries(lossWeights);
  const weights = new Map(entries);
  const isKnown = entries.every(([name, weight]) => outputNames.includes(name) && Number.isFinite(weight));
  if (isKnown && (!Array.isArray(lossWeights) || lossWeights.length === outputNames.length))
    return outputNames.map((name) => weights.get(name) ?? 1);
  throw new ValueError({
    subject: operation,
    expected: `lossWeights to be finite numbers for ${outputNames.map((name) => `'${name}'`).join(', ')}`,
    received: JSON.stringify(lossWeights),
    fix: 'pass one number per output, as a list or by name',
  });
}
