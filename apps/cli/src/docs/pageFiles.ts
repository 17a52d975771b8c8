/** @file The folder of pages on disk. Paths within it are written with slashes on every platform. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LayerSpec, layers } from '@polyneuron/kernels';

const folder = fileURLToPath(new URL('../../../../docs/layers/', import.meta.url));

/** Pages of layers, by the name of the layer. */
export function readPages(): Map<string, string> {
  const present = Object.values<LayerSpec>(layers).flatMap(({ name }) => {
    const path = join(folder, `${name}.md`);
    return existsSync(path) ? [[name, readFileSync(path, 'utf8')] as const] : [];
  });
  return new Map(present);
}

/** Every file of the folder, by path within it. */
export function readPageFiles(): Map<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')] as const);
  return new Map(files);
}

/** Writes the files whose text differs from what is there; answers their paths. */
export function writePageFiles(files: ReadonlyMap<string, string>): string[] {
  const present = readPageFiles();
  const changed = [...files].filter(([path, text]) => present.get(path) !== text);
  for (const [path, text] of changed) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return changed.map(([path]) => path);
}
