/** @file Colours of a heat map: from faint at 0 to strong, in two hues where there are values of both signs. */
import { type Html, html } from '../html.js';
import { formatMeasure } from '../numbers.js';

export interface ColourScale {
  /** Size from which on colours are strongest; 0 where all values are 0 or none is finite. */
  readonly largest: number;
  /** Whether values lie beyond it. */
  readonly isClipped: boolean;
  readonly isDiverging: boolean;
}

/**
 * Shares of the largest value at which text changes to keep a contrast of 4.5 to its cell: black and white swap at the
 * first one in the dark theme, at the second one in the light theme.
 */
const swaps = { high: [0.59, 0.865], low: [0.565, 0.895] } as const;

/** One scale for all values that should be comparable by colour; it ends at their largest size, or at `end` before that. */
export function colourScaleFor(values: readonly number[], end = Number.POSITIVE_INFINITY): ColourScale {
  const finite = values.filter(Number.isFinite);
  const size = Math.max(0, ...finite.map(Math.abs));
  return {
    largest: Math.min(size, end),
    isClipped: size > end,
    isDiverging: finite.some((value) => value < 0),
  };
}

/** Background of a cell, in colours of the style sheet. */
export function cellColour(scale: ColourScale, value: number): string {
  const share = shareOf(scale, value);
  return `color-mix(in srgb, var(--heat-${hueOf(value)}) ${(100 * share).toFixed(1)}%, var(--heat-zero))`;
}

/** Text on a cell of that value. */
export function cellInk(scale: ColourScale, value: number): string {
  const share = shareOf(scale, value);
  const [first, second] = swaps[hueOf(value)];
  return share < first ? 'var(--on-faint)' : share < second ? 'black' : 'var(--on-strong)';
}

const steps = 32;
const stepWidth = 5;

/** The label, and a bar of the colours between their values. */
export function renderColourScale(scale: ColourScale, label: string): Html {
  const { largest, isDiverging, isClipped } = scale;
  const low = isDiverging ? -largest : 0;
  const bars = Array.from({ length: steps }, (_, at) => {
    const colour = cellColour(scale, low + ((largest - low) * at) / (steps - 1));
    // Half a pixel wider than a step, so that no seam shows
    return html`<rect x="${at * stepWidth}" width="${stepWidth + 0.5}" height="12" style="fill:${colour}"/>`;
  });
  const width = steps * stepWidth;
  return html`<p class="scale"><b>${label}</b><span>${formatMeasure(low)}</span><svg width="${width}" height="12" viewBox="0 0 ${width} 12" aria-hidden="true">${bars}</svg><span>${formatMeasure(largest)}${isClipped ? ' and more' : ''}</span></p>
`;
}

const hueOf = (value: number): 'high' | 'low' => (value < 0 ? 'low' : 'high');

function shareOf({ largest }: ColourScale, value: number): number {
  return largest > 0 && Number.isFinite(value) ? Math.min(1, Math.abs(value) / largest) : 0;
}
