import type { Figures, PresetMeasurement } from '../../engine/measure/measurements.js';

/** Dense nets of one size: the figures of the activation that got there more often. */
export function bestBySize(rivals: readonly Figures[]): readonly Figures[] {
  const best = new Map<number, Figures>();
  for (const rival of rivals) {
    const before = best.get(rival.parameters);
    if (!before || rival.reached > before.reached) best.set(rival.parameters, rival);
  }
  return [...best.values()].sort((one, other) => one.parameters - other.parameters);
}

/** '13, 17 and 33' */
export function listOf(values: readonly (number | string)[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} and ${values.at(-1)}`;
}

/** 'in 20 of 20 seeds (median 24 steps, slowest 87)', 'in none of 20 seeds' */
export function describeReached({ reached, seeds, medianSteps, slowestSteps }: Figures): string {
  if (reached === 0) return `in none of ${seeds} seeds`;
  const steps =
    medianSteps === undefined ? '' : ` (median ${Math.round(medianSteps)} steps, slowest ${slowestSteps})`;
  return `in ${reached} of ${seeds} seeds${steps}`;
}

/** The honest second sentence: which dense nets get there too. */
export function describeRivals({ rivals }: PresetMeasurement): string {
  const sizes = bestBySize(rivals);
  const able = sizes.filter(({ reached }) => reached > 0);
  const unable = sizes.filter(({ reached }) => reached === 0);
  const seeds = rivals[0]?.seeds ?? 0;
  const parts: string[] = [];
  if (unable.length > 0)
    parts.push(`Dense nets of ${listOf(unable.map(({ parameters }) => parameters))} parameters did in none.`);
  if (able.length > 0)
    parts.push(
      `Dense nets of ${listOf(able.map(({ parameters }) => parameters))} parameters did in ${listOf(able.map(({ reached }) => reached))} of ${seeds}.`,
    );
  return parts.join(' ');
}
