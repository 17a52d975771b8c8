import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { ValueError } from '@polyneuron/graph';

/** Environment variable that names the browser to use. */
export const browserVariable = 'POLYNEURON_CHROMIUM';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * Path of a Chromium: the one that `POLYNEURON_CHROMIUM` names, else Playwright's own, else the system's; undefined
 * where there is none.
 *
 * Throws   ValueError when the variable names no executable file
 */
export function findBrowser(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const named = environment[browserVariable];
  if (named) {
    if (isExecutable(named)) return named;
    throw new ValueError({
      subject: browserVariable,
      expected: 'an executable file',
      received: `'${named}'`,
      fix: 'name the file of a Chromium or a Chrome, or unset it',
    });
  }
  const folders = (environment.PATH ?? '').split(delimiter);
  const installed = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [playwrightsOwn(), ...installed].find((path) => path !== '' && isExecutable(path));
}

/** Throws Error where none was found. */
export function requireBrowser(path: string | undefined): string {
  if (path !== undefined) return path;
  throw new Error(
    `no Chromium: install the package 'chromium', run 'npx playwright-core install chromium', or set ${browserVariable}`,
  );
}

/** '' where playwright-core, an optional peer, is absent. */
function playwrightsOwn(): string {
  try {
    const playwright = createRequire(import.meta.url)('playwright-core') as typeof import('playwright-core');
    return playwright.chromium.executablePath();
  } catch {
    return '';
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
