/** @file The figure kind 'curves': lines over a common x. */
import type { Figure } from '@polyneuron/experiments';
import type { Html } from '../html.js';
import { identitiesFor } from '../identity.js';
import { isPlottable, linearAxis, logAxis } from './axes.js';
import { countOf, type FigureContext, renderFrame, renderLegend } from './frame.js';
import { drawPanel } from './panel.js';
import type { Series } from './series.js';

export function renderCurves(figure: Figure & { kind: 'curves' }, context: FigureContext): Html {
  const { title, xLabel, yLabel, series, yScale } = figure;
  const names = series.map(({ name }) => name);
  const identities = identitiesFor(names, context.contenderNames);
  const values = series.flatMap(({ y }) => y);
  const canBeLog = values.some((value) => isPlottable(value, 'log'));
  const y = yScale === 'log' && canBeLog ? logAxis(values) : linearAxis(values, 'nice');
  const x = linearAxis(
    series.flatMap((one) => one.x),
    'tight',
  );
  return renderFrame({
    title,
    span: 'half',
    legend: renderLegend(names, identities),
    body: drawPanel({ subject: title, xLabel, yLabel, x, y, series, identities }),
    notes: leftOut(series, y.type),
  });
}

/** Says which values a picture cannot show. */
export function leftOut(series: readonly Series[], type: 'linear' | 'log'): readonly string[] {
  const values = series.flatMap(({ x, y }) =>
    y.map((value, index) => (index < x.length ? value + 0 * x[index]! : NaN)),
  );
  const nonFinite = values.filter((value) => !isPlottable(value, 'linear')).length;
  const nonPositive = values.filter(
    (value) => isPlottable(value, 'linear') && !isPlottable(value, type),
  ).length;
  return [
    ...(nonFinite > 0
      ? [`Left out: ${countOf(nonFinite, 'value')} that ${nonFinite === 1 ? 'is' : 'are'} not finite.`]
      : []),
    ...(nonPositive > 0
      ? [`Left out of the logarithmic scale: ${countOf(nonPositive, 'value')} not above zero.`]
      : []),
  ];
}
