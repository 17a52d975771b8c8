import type { Contender, ExperimentResult, Metrics, Published } from '@polyneuron/experiments';
import { formatCount, formatNumber, formatSeconds } from './formatNumber.js';
import { type Column, renderTable } from './table.js';

type SplitName = keyof Contender['metrics'];

const splitTitles: { readonly [S in SplitName]: string } = {
  train: 'train',
  test: 'test',
  outOfRange: 'out of range',
};
const metricOrder = ['loss', 'mse', 'rmse', 'mae', 'accuracy'];

/** One experiment for a terminal: each contender's figures, and the published one right of ours where there is one. */
export function renderResult(result: ExperimentResult): string {
  const shown = shownMetrics(result);
  const isPublished = (one: ShownMetric) => publishedValues(result, undefined, one).length > 0;
  const columns: Column[] = [
    { title: 'contender', maxWidth: 36 },
    { title: 'parameters', align: 'right' },
    { title: 'epochs', align: 'right' },
    { title: 'time', align: 'right' },
    ...shown.flatMap((one): Column[] => [
      { title: `${splitTitles[one.split]} ${one.metric}`, align: 'right' },
      ...(isPublished(one) ? [{ title: 'published', align: 'right' } as const] : []),
    ]),
  ];
  const rows = result.contenders.map((contender) => [
    contender.name,
    formatCount(contender.parameters),
    formatNumber(contender.epochs),
    formatSeconds(contender.seconds),
    ...shown.flatMap((one) => [
      formatNumber(shownValue(contender, one)),
      ...(isPublished(one)
        ? [publishedValues(result, contender.name, one).map(formatPublished).join('\n') || '–']
        : []),
    ]),
  ]);
  return [
    `${result.id}: ${result.title} (document ${result.seedDocument})`,
    `backend ${result.backend}; data ${result.dataset}`,
    '',
    renderTable(columns, rows),
    ...unmatched(result),
  ].join('\n');
}

interface ShownMetric {
  readonly split: SplitName;
  readonly metric: string;
}

/**
 * Metrics worth a column: those with a published value; all of the test set, but for rmse and for a loss that is the
 * mse again; mse and accuracy of the out-of-range set.
 */
function shownMetrics(result: ExperimentResult): ShownMetric[] {
  const splits: readonly SplitName[] = ['train', 'test', 'outOfRange'];
  return splits.flatMap((split) => {
    const sets = result.contenders.flatMap(({ metrics }): Metrics[] => {
      const set = metrics[split];
      return set ? [set] : [];
    });
    const names = [...new Set(sets.flatMap((metrics) => Object.keys(metrics)))].sort(byMetricOrder);
    const isRepeated: Readonly<Record<string, boolean>> = {
      rmse: names.includes('mse'),
      loss: sets.every((metrics) => 'mse' in metrics),
    };
    return names
      .map((metric) => ({ split, metric }))
      .filter(
        (one) =>
          publishedValues(result, undefined, one).length > 0 ||
          (split !== 'train' && !isRepeated[one.metric]),
      );
  });
}

/** A loss that is the mse again is shown once. */
function shownValue({ metrics }: Contender, { split, metric }: ShownMetric): number | undefined {
  const set = metrics[split];
  return metric === 'loss' && set !== undefined && 'mse' in set ? undefined : set?.[metric];
}

function byMetricOrder(a: string, b: string): number {
  const rank = (name: string) =>
    metricOrder.includes(name) ? metricOrder.indexOf(name) : metricOrder.length;
  return rank(a) - rank(b);
}

/** Published values of one metric of a contender, or of any where no name is given. */
function publishedValues(
  { published }: ExperimentResult,
  name: string | undefined,
  { split, metric }: ShownMetric,
): Published[] {
  const key = split === 'test' ? metric : `${split} ${metric}`;
  return published.filter((one) => one.metric === key && (name === undefined || one.name === name));
}

function formatPublished({ value }: Published): string {
  return value === null ? 'no number' : formatNumber(value);
}

/** Published figures without a contender of ours in this run. */
function unmatched({ published, contenders }: ExperimentResult): string[] {
  const names = new Set(contenders.map(({ name }) => name));
  const rest = published.filter(({ name }) => !names.has(name));
  return rest.map(
    (one) => `published only: ${one.name}, ${one.metric} ${formatPublished(one)} (${one.note})`,
  );
}
