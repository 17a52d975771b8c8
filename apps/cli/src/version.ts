import { readFileSync } from 'node:fs';

/** Version of this package, read from its package.json: one place says it. */
export function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
