import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Folder of real data beside the repository, no part of it. */
const folder = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));

/** Path of a data set in the shared folder, or undefined, with a notice, where it is not there. */
export function sharedData(name: string): string | undefined {
  const path = `${folder}${name}`;
  if (existsSync(path)) return path;
  console.info(`skipped: no ${path}`);
  return undefined;
}
