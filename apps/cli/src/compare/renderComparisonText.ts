import { formatCount, formatNumber, formatSeconds } from '../terminal/formatNumber.js';
import { renderTable } from '../terminal/table.js';
import type { ComparedContender, Comparison } from './comparison.js';
import { verdictOf } from './verdict.js';

/** The comparison as a table for a terminal, best first. */
export function renderComparisonText(comparison: Comparison): string {
  const { task, budget, measure, seeds, epochs, metric, contenders } = comparison;
  const rows = ranked(comparison).map((one) => {
    const test = one.test[metric.name];
    return [
      one.name,
      one.size === null ? '–' : formatCount(one.size),
      formatCount(one.parameters),
      formatResidue(one.residue),
      formatNumber(test?.mean),
      formatReach(test?.interval ?? null),
      verdictOf(one, comparison),
      formatNumber(one.learningRate),
      formatSeconds(one.seconds.mean),
    ];
  });
  const right = 'right' as const;
  const table = renderTable(
    [
      { title: 'contender' },
      { title: 'size', align: right },
      { title: 'parameters', align: right },
      { title: 'off budget', align: right },
      { title: `test ${metric.name}`, align: right },
      { title: '95 % ±', align: right },
      { title: `against ${contenders[0]?.name ?? ''}` },
      { title: 'rate', align: right },
      { title: 'time', align: right },
    ],
    rows,
  );
  return `${task}: ${formatCount(budget)} ${measure}, ${seeds.length} seeds, ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}\n\n${table}`;
}

/** Best mean first; what diverged comes last. */
export function ranked({ contenders, metric }: Comparison): ComparedContender[] {
  const sign = metric.isHigherBetter ? -1 : 1;
  const keyOf = (one: ComparedContender) => {
    const mean = one.test[metric.name]?.mean ?? Number.NaN;
    return Number.isFinite(mean) ? sign * mean : Number.POSITIVE_INFINITY;
  };
  return [...contenders].sort((a, b) => keyOf(a) - keyOf(b));
}

export function formatReach(interval: readonly [number, number] | null): string {
  return interval === null ? '–' : formatNumber((interval[1] - interval[0]) / 2);
}

/** '+3.2 %' */
export function formatResidue(residue: number): string {
  const percent = 100 * residue;
  return `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`;
}
