/** `npm test`: sets the clone up, then format, package boundaries and every test. Arguments after `--` go to vitest alone. */
import { pnpm, setup } from './setup.mjs';

const filters = process.argv.slice(2);

setup();
if (filters.length === 0) {
  pnpm('run', '--silent', 'check:format');
  pnpm('run', '--silent', 'check:types');
  pnpm('run', '--silent', 'check:boundaries');
}
pnpm('exec', 'vitest', 'run', ...filters);
