import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where downloads go: `POLYNEURON_CACHE`, or what the system sets aside for caches: `%LOCALAPPDATA%\polyneuron\Cache`,
 * `~/Library/Caches/polyneuron`, `$XDG_CACHE_HOME/polyneuron` or `~/.cache/polyneuron`.
 */
export function cacheDirectory(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
  home: string = homedir(),
): string {
  if (env.POLYNEURON_CACHE) return env.POLYNEURON_CACHE;
  if (platform === 'win32')
    return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'polyneuron', 'Cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'polyneuron');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'polyneuron');
}

/** Where `downloadDataset` puts a set, and where `loadDataset` looks for it unless told otherwise. */
export function datasetDirectory(name: string): string {
  return join(cacheDirectory(), 'datasets', name);
}
