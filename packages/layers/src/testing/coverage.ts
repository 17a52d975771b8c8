import {
  type CheckedLayer,
  type CheckedSample,
  exemptionOf,
  type LayerCheck,
  type LayerCheckName,
  layerChecks,
} from '@polyneuron/testing';

export interface CoveredLayer {
  readonly spec: CheckedLayer & { readonly samples: readonly CheckedSample[] };
  /** Why there is no tfjs wrapper of ours; left out where there is one. */
  readonly withoutWrapper?: string;
}

/** What one check does for one layer, as its suite does: the same list tells both. */
export interface CoverageCell {
  /** Samples of the record that the check runs on. */
  readonly covered: number;
  readonly samples: number;
  /** Why the others are left out, each reason once. */
  readonly reasons: readonly string[];
}

export interface CoverageRow {
  readonly layer: string;
  readonly cells: Readonly<Record<LayerCheckName, CoverageCell>>;
}

const checkNames = Object.keys(layerChecks) as LayerCheckName[];

export function coverageOf({ spec, withoutWrapper }: CoveredLayer): CoverageRow {
  const cellOf = (name: LayerCheckName): CoverageCell => {
    const { needsWrapper }: LayerCheck = layerChecks[name];
    const reasons = spec.samples.map((sample) =>
      needsWrapper && withoutWrapper ? withoutWrapper : exemptionOf(name, spec, sample),
    );
    return {
      covered: reasons.filter((reason) => reason === undefined).length,
      samples: reasons.length,
      reasons: [...new Set(reasons.filter((reason) => reason !== undefined))],
    };
  };
  return {
    layer: spec.name,
    cells: Object.fromEntries(checkNames.map((name) => [name, cellOf(name)])) as CoverageRow['cells'],
  };
}

/**
 * The table as text: '●' for a check that runs on every sample of a layer, '2/3' for one that runs on some, and the
 * letter of a reason where it runs on none.
 */
export function formatCoverage(rows: readonly CoverageRow[]): string {
  const letters = new Map<string, string>();
  const letterOf = (reason: string) => {
    if (!letters.has(reason)) letters.set(reason, String.fromCharCode('a'.charCodeAt(0) + letters.size));
    return letters.get(reason) as string;
  };
  const mark = ({ covered, samples, reasons }: CoverageCell) => {
    if (covered === samples) return '●';
    return covered > 0 ? `${covered}/${samples}` : reasons.map(letterOf).join('');
  };
  const lines = [
    ['layer', ...checkNames.map((name) => layerChecks[name].title)],
    ...rows.map(({ layer, cells }) => [layer, ...checkNames.map((name) => mark(cells[name]))]),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const aligned = lines.map((line) =>
    line
      .map((text, column) => text.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  const sums = rows.map(({ cells }) => Object.values(cells).reduce((sum, { covered }) => sum + covered, 0));
  return [
    `Layer conformance: ${rows.length} layers, ${checkNames.length} checks, ${sums.reduce((a, b) => a + b, 0)} cases`,
    '',
    ...aligned,
    '',
    '●    on every sample of the record        2/3  on two samples of three',
    ...[...letters].map(([reason, letter]) => `${letter}    not applicable: ${reason}`),
    '',
    ...checkNames.map((name) => `${layerChecks[name].title.padEnd(9)} ${layerChecks[name].shows}`),
  ].join('\n');
}
