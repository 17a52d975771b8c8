/** @file The table of contenders, and the published figures beside ours. */
import type { Contender, Metrics, Published } from '@polyneuron/experiments';
import { type Cell, type Column, emptyCell, numberCell, renderTable, textCell } from './dataTable.js';
import { type Html, html, nothing } from './html.js';
import { identityOf, swatch } from './identity.js';
import { formatCount, formatMeasure, formatSeconds } from './numbers.js';

type Split = keyof Contender['metrics'];

const splitTitles: { readonly [S in Split]: string } = {
  train: 'Train',
  test: 'Test',
  outOfRange: 'Out of range',
};
const splits = Object.keys(splitTitles) as Split[];

/** The order of the metrics that the schema names; others follow as they come. */
const metricOrder: readonly string[] = ['loss', 'mse', 'rmse', 'mae', 'accuracy'];

/** Parameters, epochs, seconds and each metric under its own name. */
export function renderContenders(contenders: readonly Contender[]): Html {
  if (contenders.length === 0) return html`<p class="muted">No contender was run.</p>`;
  const metrics = splits.flatMap((split) => metricNames(contenders, split).map((name) => ({ split, name })));
  const best = metrics.map(({ split, name }) => bestText(contenders, split, name));
  const columns: Column[] = [
    { title: 'Contender', isNumeric: false },
    ...['Parameters', 'Epochs', 'Seconds'].map((title) => ({ title, isNumeric: true })),
    ...metrics.map(({ split, name }) => ({ title: name, group: splitTitles[split], isNumeric: true })),
  ];
  const rows = contenders.map((contender, index): Cell[] => [
    textCell(html`<span class="contender">${swatch(identityOf(index))}<span>${contender.name}</span></span>`),
    numberCell(formatCount(contender.parameters)),
    numberCell(formatCount(contender.epochs)),
    numberCell(formatSeconds(contender.seconds)),
    ...metrics.map(({ split, name }, column) => {
      const value = metricOf(contender.metrics[split], name);
      if (value === undefined) return emptyCell;
      const text = formatMeasure(value);
      return numberCell(text, text === best[column]);
    }),
  ]);
  const note = best.some((text) => text !== undefined) ? { note: 'Bold: the best value of its column.' } : {};
  return renderTable({ caption: 'Contenders', hidesCaption: true, columns, rows, ...note });
}

/** What the document published, and what the contender of that name reached here. */
export function renderPublished(published: readonly Published[], contenders: readonly Contender[]): Html {
  const rows = published.map((item): Cell[] => {
    const own = findOwn(item, contenders);
    // Metrics differ from row to row, so these numbers are not aligned at the point.
    return [
      textCell(item.name),
      textCell(
        html`${item.metric}${own?.split === undefined ? nothing : html` <small>${own.split}</small>`}`,
      ),
      textCell(item.value === null ? html`<span class="muted">plot only</span>` : formatEither(item.value)),
      own === undefined ? emptyCell : textCell(formatEither(own.value)),
      textCell(html`<span class="remark">${item.note}</span>`),
    ];
  });
  const columns: Column[] = [
    { title: 'Result', isNumeric: false },
    { title: 'Metric', isNumeric: false },
    { title: 'Published', isNumeric: true },
    { title: 'Ours', isNumeric: true },
    { title: 'Note', isNumeric: false },
  ];
  return renderTable({ caption: 'Published figures beside ours', hidesCaption: true, columns, rows });
}

function metricNames(contenders: readonly Contender[], split: Split): readonly string[] {
  const names = new Set(contenders.flatMap(({ metrics }) => Object.keys(metrics[split] ?? {})));
  const rest = [...names].filter((name) => !metricOrder.includes(name));
  return [...metricOrder.filter((name) => names.has(name)), ...rest];
}

/** The best value as it is printed, so that values which print alike are emphasised alike. */
function bestText(contenders: readonly Contender[], split: Split, name: string): string | undefined {
  const sign = directionOf(name);
  const values = contenders
    .map(({ metrics }) => metricOf(metrics[split], name))
    .filter((value): value is number => value !== undefined && !Number.isNaN(value));
  if (sign === undefined || new Set(values.map(formatMeasure)).size < 2) return undefined;
  return formatMeasure(sign * Math.max(...values.map((value) => sign * value)));
}

/** 1 where more is better, -1 where less is; undefined for a name that does not tell. */
function directionOf(name: string): 1 | -1 | undefined {
  if (/(loss|mse|rmse|mae|error)$/i.test(name)) return -1;
  return /(accuracy|precision|recall|auc|f1|r2)$/i.test(name) ? 1 : undefined;
}

interface Own {
  readonly value: number;
  /** Named where the published metric leaves it open; undefined where there is nothing to say. */
  readonly split: string | undefined;
}

/** `metric` may carry its split ('train mse', 'outOfRange rmse'); without one the test split is meant. */
function findOwn({ name, metric }: Published, contenders: readonly Contender[]): Own | undefined {
  const contender = contenders.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (contender === undefined) return undefined;
  if (metric === 'parameters' || metric === 'epochs' || metric === 'seconds') {
    return { value: contender[metric], split: undefined };
  }
  const split = splits.find((candidate) => metric.startsWith(`${candidate} `));
  const value = metricOf(
    contender.metrics[split ?? 'test'],
    split === undefined ? metric : metric.slice(split.length + 1),
  );
  return value === undefined ? undefined : { value, split: split === undefined ? 'test' : undefined };
}

function metricOf(metrics: Metrics | undefined, name: string): number | undefined {
  return metrics !== undefined && Object.hasOwn(metrics, name) ? metrics[name] : undefined;
}

/** Parameters and epochs are counts; an integral loss is rare enough to read as one too. */
function formatEither(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : formatMeasure(value);
}
