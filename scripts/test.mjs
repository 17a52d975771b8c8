/** `npm test`: sets the clone up, then format, types, package boundaries, a browser where one can be had, and every test. Arguments after `--` go to vitest alone. */
import { pnpm, setup } from './setup.mjs';

const filters = process.argv.slice(2);

setup();
if (filters.length === 0) {
  pnpm('run', '--silent', 'check:format');
  pnpm('run', '--silent', 'check:types');
  pnpm('run', '--silent', 'check:boundaries');
  pnpm('run', '--silent', 'check:unused');
}
const { installBrowser } = await import('./installBrowser.mjs');
installBrowser();
pnpm('exec', 'vitest', 'run', ...filters);
