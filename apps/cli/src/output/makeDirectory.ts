import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a directory and its missing ancestors, outermost first, and returns those that it made.
 *
 * One call per directory: `mkdirSync` with `recursive` never returns on file systems such as /proc, where making a
 * directory fails with ENOENT although the parent is there.
 */
export function makeDirectory(directory: string): string[] {
  const missing: string[] = [];
  for (let at = resolve(directory); !existsSync(at) && dirname(at) !== at; at = dirname(at))
    missing.unshift(at);
  for (const path of missing) mkdirSync(path);
  return missing;
}
