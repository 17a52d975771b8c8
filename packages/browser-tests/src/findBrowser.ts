import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** Environment variable that names the browser to test with. */
export const browserVariable = 'POLYNEURON_CHROMIUM';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * Path of a Chromium: the one that `POLYNEURON_CHROMIUM` names, else Playwright's own, else the system's; undefined
 * where there is none.
 *
 * Throws   Error when the variable names no executable file
 */
export function findBrowser(environment: Readonly<Record<string, string | undefined>> = process.env) {
  const named = environment[browserVariable];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`${browserVariable} expected an executable file, got '${named}'`);
  }
  const folders = (environment.PATH ?? '').split(delimiter);
  const installed = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [chromium.executablePath(), ...installed].find((path) => path !== '' && isExecutable(path));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
