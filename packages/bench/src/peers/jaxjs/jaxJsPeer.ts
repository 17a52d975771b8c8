import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ContenderSpec } from '../../contenders/contender.js';
import { jaxJsContender } from './jaxJsContender.js';

/** `jaxJsContender` in Node, with the version of the package that is installed. */
export function jaxJsPeer(): ContenderSpec {
  const version = installedVersion('@jax-js/jax');
  return jaxJsContender(version === undefined ? {} : { version });
}

/** undefined where the package is absent: the contender says so itself. */
function installedVersion(name: string): string | undefined {
  try {
    // Its entry point lies in dist/, and it exports no package.json.
    const entry = createRequire(import.meta.url).resolve(name);
    const text = readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8');
    return (JSON.parse(text) as { readonly version: string }).version;
  } catch {
    return undefined;
  }
}
