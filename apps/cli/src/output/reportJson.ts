import type { Report } from './results.js';

/**
 * The report as `results.json` holds it: everything but the figures. Numbers that JSON lacks (NaN, infinities) are
 * written as the strings 'NaN', 'Infinity', '-Infinity', where JSON.stringify would write null.
 */
export function toJson({ version, environment, experiments }: Report): unknown {
  const withoutFigures = experiments.map(({ figures: _, ...experiment }) => experiment);
  return mapNumbers({ version, environment, experiments: withoutFigures });
}

function mapNumbers(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(mapNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapNumbers(entry)]));
}
