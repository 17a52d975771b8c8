import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cssColour, divergingTable, isDarkColour, sequentialTable, signedIndex } from './colourTable.js';
import { parseHex, toLinear, toOklab } from './oklab.js';
import { type Palette, palettes, type ShownTheme } from './palette.js';

const themes: readonly ShownTheme[] = ['light', 'dark'];

describe('divergingTable', () => {
  it.each(themes)('has the tokens at its ends and beside its middle, %s', (theme) => {
    const table = divergingTable(theme);
    expect(cssColour(table, 0)).toBe(palettes[theme].negative);
    expect(cssColour(table, 255)).toBe(palettes[theme].positive);
    for (const beside of [127, 128]) {
      const channels = parseHex(cssColour(table, beside));
      parseHex(palettes[theme].neutral).forEach((channel, at) => {
        expect(Math.abs(channel - channels[at])).toBeLessThanOrEqual(2);
      });
    }
  });

  it.each(themes)('has about equal steps of lightness on each side, %s', (theme) => {
    const lightness = Array.from(divergingTable(theme), (_, at) =>
      toOklab(parseHex(cssColour(divergingTable(theme), at))),
    ).map(([value]) => value);
    const steps = lightness.slice(1, 127).map((value, at) => value - lightness[at]);
    const mean = (lightness[126] - lightness[0]) / 126;
    // Channels are whole numbers: half a level of 255 is about 0.004 of lightness in the darkest colour used
    for (const step of steps) expect(Math.abs(step - mean)).toBeLessThan(0.006);
  });
});

describe('sequentialTable', () => {
  it('grows in lightness from end to end', () => {
    const table = sequentialTable();
    const lightness = Array.from(table, (_, at) => toOklab(parseHex(cssColour(table, at)))[0]);
    for (let at = 8; at < 256; at += 8) expect(lightness[at]).toBeGreaterThan(lightness[at - 8]);
    expect(cssColour(table, 0)).toBe('#00204d');
    expect(cssColour(table, 255)).toBe('#ffea46');
  });
});

describe('isDarkColour', () => {
  it('leaves a contrast of 4.5 at least on every entry of both tables', () => {
    expect(isDarkColour('#000000')).toBe(true);
    expect(isDarkColour('#ffffff')).toBe(false);
    for (const theme of themes) {
      for (const entry of divergingTable(theme).keys()) {
        const colour = cssColour(divergingTable(theme), entry);
        const [red, green, blue] = parseHex(colour).map(toLinear);
        const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        const contrast = isDarkColour(colour) ? 1.05 / (luminance + 0.05) : (luminance + 0.05) / 0.05;
        expect(contrast).toBeGreaterThan(4.5);
      }
    }
  });
});

describe('signedIndex', () => {
  it('puts zero in the middle and clamps', () => {
    expect([-2, -1, 0, 1, 2].map((value) => signedIndex(value, 1))).toEqual([0, 0, 127.5, 255, 255]);
    expect(signedIndex(0, 0)).toBe(127.5);
  });
});

describe('palettes', () => {
  it('are the tokens of base.css', () => {
    const css = readFileSync(new URL('../styles/base.css', import.meta.url), 'utf8');
    const tokens: { readonly [K in Exclude<keyof Palette, 'marks' | 'hollow'>]: string } = {
      negative: '--negative',
      neutral: '--neutral',
      positive: '--positive',
      ours: '--ours',
      rival: '--rival',
      background: '--background',
      line: '--line',
      strongLine: '--strong-line',
      text: '--text',
      muted: '--muted',
    };
    for (const [name, token] of Object.entries(tokens)) {
      const { light, dark } = {
        light: palettes.light[name as keyof typeof tokens],
        dark: palettes.dark[name as keyof typeof tokens],
      };
      expect(css).toContain(`${token}: light-dark(${light}, ${dark});`);
    }
  });
});
