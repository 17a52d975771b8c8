import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { NativeBuildError } from './nativeBuildError.js';

/**
 * The directory with `node_api.h`. Node-API is stable: headers of another version of Node do as well.
 *
 * Looks beside this Node, where it was told its headers are (`nodedir`), and where node-gyp keeps what it downloads.
 *
 * Throws   NativeBuildError where there are none
 */
export function findNodeHeaders(named?: string, places: readonly string[] = knownPlaces()): string {
  const found = (named === undefined ? places : [named]).find((place) =>
    existsSync(join(place, 'node_api.h')),
  );
  if (found !== undefined) return found;
  throw new NativeBuildError({
    expected: 'the headers of Node (node_api.h)',
    received: named === undefined ? `none in ${places.join(', ')}` : `none in '${named}'`,
    fix: "run 'npx node-gyp install', which downloads them, or name their directory by --node-headers",
  });
}

function knownPlaces(): readonly string[] {
  const { nodedir } = process.config.variables as { readonly nodedir?: string };
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const roots = [
    dirname(dirname(process.execPath)),
    process.env.npm_config_nodedir,
    nodedir,
    join(cache, 'node-gyp', process.versions.node),
  ];
  return roots
    .filter((root) => root !== undefined && root !== '')
    .map((root) => join(root as string, 'include', 'node'));
}
