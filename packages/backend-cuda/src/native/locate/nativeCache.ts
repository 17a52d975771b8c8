import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The file name of tfjs-node's native module. */
export const bindingFile = 'tfjs_binding.node';

/** What was known when a binding was built; stands beside it. */
export interface BindingRecord {
  /** Version of @tensorflow/tfjs-node whose sources were compiled. */
  readonly tfjsNode: string;
  readonly tensorflow: string;
  /** Directory of the TensorFlow that is linked; the binding does not load without it. */
  readonly tensorflowDirectory: string;
  readonly compiler: string;
}

export const recordFile = 'binding.json';

/**
 * Where `polyneuron native build` puts bindings: `native` in `POLYNEURON_CACHE`, else in `$XDG_CACHE_HOME/polyneuron` or
 * `~/.cache/polyneuron`. Not in node_modules, which package managers share between projects and replace.
 */
export function nativeCacheDirectory(
  env: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string {
  const cache = env.POLYNEURON_CACHE || join(env.XDG_CACHE_HOME || join(home, '.cache'), 'polyneuron');
  return join(cache, 'native');
}

/** The directory of one binding in the cache. */
export function bindingDirectory(tfjsNode: string, tensorflow: string): string {
  return `tfjs-node-${tfjsNode}-tensorflow-${tensorflow}-${process.platform}-${process.arch}`;
}

/** Bindings in the cache, the one built last first. */
export function cachedBindings(directory: string = nativeCacheDirectory()): readonly string[] {
  if (!existsSync(directory)) return [];
  const suffix = `-${process.platform}-${process.arch}`;
  return readdirSync(directory)
    .filter((name) => name.endsWith(suffix))
    .map((name) => join(directory, name, bindingFile))
    .filter((path) => existsSync(path))
    .map((path) => ({ path, time: statSync(path).mtimeMs }))
    .sort((a, b) => b.time - a.time)
    .map(({ path }) => path);
}

/** The record beside a binding; undefined for bindings that others built. */
export function recordOf(path: string): BindingRecord | undefined {
  try {
    return JSON.parse(readFileSync(join(path, '..', recordFile), 'utf8')) as BindingRecord;
  } catch {
    return undefined;
  }
}
