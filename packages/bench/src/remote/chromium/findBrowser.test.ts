import { describe, expect, it } from 'vitest';
import { findBrowser, requireBrowser } from './findBrowser.js';

describe('findBrowser', () => {
  it('takes the file that the variable names', () => {
    expect(findBrowser({ POLYNEURON_CHROMIUM: process.execPath })).toBe(process.execPath);
  });

  it('says that the variable names no executable', () => {
    expect(() =>
      findBrowser({ POLYNEURON_CHROMIUM: '/nowhere/chromium' }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: POLYNEURON_CHROMIUM expected an executable file, got '/nowhere/chromium'.

      Fix: name the file of a Chromium or a Chrome, or unset it]
    `);
  });

  it('says what to do where there is none', () => {
    expect(() => requireBrowser(undefined)).toThrowErrorMatchingInlineSnapshot(
      `[Error: no Chromium: install the package 'chromium', run 'npx playwright-core install chromium', or set POLYNEURON_CHROMIUM]`,
    );
  });
});
