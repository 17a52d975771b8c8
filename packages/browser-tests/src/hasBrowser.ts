import { browserVariable, findBrowser } from '@polyneuron/bench/node';

/**
 * Whether browser tests can run here; says so where they cannot. For `describe.skipIf(!hasBrowser('...'))`, so that
 * each test that does not run is counted as skipped.
 */
export function hasBrowser(suite: string): boolean {
  if (findBrowser() !== undefined) return true;
  console.warn(
    `SKIPPED: ${suite}: no Chromium here. Install the package 'chromium', run 'npx playwright-core install chromium', or set ${browserVariable}.`,
  );
  return false;
}
