import { describe, expect, it } from 'vitest';
import { styles } from '../styles.js';
import { cellInk, colourScaleFor, renderColourScale } from './colourScale.js';

const channels = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** WCAG 2.2, relative luminance. */
function luminance(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

const contrast = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

describe('cellInk', () => {
  const themes = [
    ...styles.matchAll(
      /--heat-zero: (#\w+); --heat-high: (#\w+); --heat-low: (#\w+); --on-faint: (#\w+); --on-strong: (#\w+)/g,
    ),
  ];

  it('has a contrast of 4.5 to every colour of the scale, light and dark', () => {
    expect(themes).toHaveLength(2);
    const scale = colourScaleFor([-1000, 1000]);
    for (const [, zero, high, low, faint, strong] of themes) {
      const inks: Record<string, string> = {
        'var(--on-faint)': faint!,
        black: '#000000',
        'var(--on-strong)': strong!,
      };
      for (let value = -1000; value <= 1000; value++) {
        const share = Math.abs(value) / 1000;
        const end = channels(value < 0 ? low! : high!);
        const background = channels(zero!).map((from, at) => from + share * (end[at]! - from));
        const ink = inks[cellInk(scale, value)]!;
        const ratio = contrast(luminance(background), luminance(channels(ink)));
        expect(ratio, `${value} in ${ink} of ${zero}`).toBeGreaterThan(4.5);
      }
    }
  });
});

describe('colourScaleFor', () => {
  it('ends at the largest finite size, or before', () => {
    expect(colourScaleFor([0.5, -2, Number.NaN])).toEqual({
      largest: 2,
      isClipped: false,
      isDiverging: true,
    });
    expect(colourScaleFor([0.5, 30], 3)).toEqual({ largest: 3, isClipped: true, isDiverging: false });
    expect(colourScaleFor([], 3)).toEqual({ largest: 0, isClipped: false, isDiverging: false });
  });

  it('says that values lie beyond its end', () => {
    expect(renderColourScale(colourScaleFor([0.5, 30], 3), 'strength').markup).toContain('3.000 and more');
  });
});
