import { describe, expect, it } from 'vitest';
import { SessionDriver } from '../testing/sessionDriver.js';

describe('Session', () => {
  it('trains the default settings to their stop', async () => {
    const page = await SessionDriver.open();
    await page.configure(1, {}, { grid: 96, weights: true, residuals: true, units: true });
    const done = await page.runToEnd(1);
    expect(done).toMatchObject({ kind: 'done', step: 300, reason: 'limit' });
    await page.close();
    console.log(page.received.map((m) => m.kind + ('step' in m ? m.step : '')).join(' '));
    console.log(page.all('configured')[0].contestants, page.frames.at(-1));
    expect(page.all('error')).toEqual([]);
  });
});
