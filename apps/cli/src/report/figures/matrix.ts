/** @file The figure kind 'matrix': strengths of pairs as a heat map. */
import type { Figure } from '@polyneuron/experiments';
import { type Html, html } from '../html.js';
import { colourScaleFor, renderColourScale } from './colourScale.js';
import { countOf, placeholder, renderFrame } from './frame.js';
import { drawHeatMap } from './heatMap.js';

const width = 460;

export function renderMatrix({ title, label, names, values }: Figure & { kind: 'matrix' }): Html {
  if (names.length === 0)
    return renderFrame({ title, span: 'half', body: placeholder('Nothing to draw: no feature.') });
  const scale = colourScaleFor(values.flat());
  const broken = values.flat().filter((value) => !Number.isFinite(value)).length;
  return renderFrame({
    title,
    span: 'half',
    body: html`${renderColourScale(scale, label)}${drawHeatMap({ subject: `${title}. ${label}`, names, values, scale, width })}`,
    notes: broken > 0 ? [`Without a colour: ${countOf(broken, 'value')} not finite.`] : [],
  });
}
