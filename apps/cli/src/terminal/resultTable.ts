import type { Contender, ExperimentResult, Metrics, Published } from '../experiments/result.js';
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
      formatNumber(contender.metrics[one.split]?.[one.metric]),
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
 * Metrics worth a column: all of the test and out-of-range sets, and of the training set those with a published value;
 * a loss that another metric repeats is left out.
 */
function shownMetrics(result: ExperimentResult): ShownMetric[] {
  const splits: readonly SplitName[] = ['train', 'test', 'outOfRange'];
  return splits.flatMap((split) => {
    const all = result.contenders
      .map(({ metrics }) => metrics[split])
      .filter((one): one is Metrics => one !== undefined);
    const names = [...new Set(all.flatMap((metrics) => Object.keys(metrics)))].sort(byMetricOrder);
    return names
      .filter((metric) => !(metric === 'loss' && names.includes('mse')))
      .filter(
        (metric) =>
          split === 'test' ||
          publishedValues(result, undefined, { split, metric }).length > 0 ||
          (split === 'outOfRange' && metric !== 'rmse'),
      )
      .map((metric) => ({ split, metric }));
  });
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
  return value === null ? 'plot only' : formatNumber(value);
}

/** Published figures without a contender of ours in this run. */
function unmatched({ published, contenders }: ExperimentResult): string[] {
  const names = new Set(contenders.map(({ name }) => name));
  const rest = published.filter(({ name }) => !names.has(name));
  return rest.map(
    (one) => `published only: ${one.name}, ${one.metric} ${formatPublished(one)} (${one.note})`,
  );
}
