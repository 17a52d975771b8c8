import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bindingFile } from './nativeCache.js';

/** Both packages have the same sources; the first brings libraries of CUDA 11.2 with it. */
export const packageNames = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;
export type PackageName = (typeof packageNames)[number];

export interface TfjsNodePackage {
  readonly name: PackageName;
  readonly version: string;
  readonly directory: string;
}

/** The tfjs-node packages that this package, or else the project in `from`, finds. */
export function findTfjsNode(from: string = process.cwd()): readonly TfjsNodePackage[] {
  const origins = [import.meta.url, pathToFileURL(join(from, 'package.json')).href];
  return packageNames.flatMap((name) => {
    for (const origin of origins) {
      const directory = resolvePackage(origin, name);
      if (directory !== undefined) return [{ name, directory, version: versionOf(directory) }];
    }
    return [];
  });
}

/** The native module that came with a package, for the highest version of Node-API that this Node has. */
export function packagedBinding({ directory }: TfjsNodePackage): string | undefined {
  const lib = join(directory, 'lib');
  if (!existsSync(lib)) return undefined;
  return readdirSync(lib)
    .flatMap((name) => {
      const version = Number(/^napi-v(\d+)$/.exec(name)?.[1]);
      return version <= Number(process.versions.napi)
        ? [{ version, path: join(lib, name, bindingFile) }]
        : [];
    })
    .sort((a, b) => b.version - a.version)
    .map(({ path }) => path)
    .find((path) => existsSync(path));
}

function resolvePackage(origin: string, name: string): string | undefined {
  try {
    return dirname(createRequire(origin).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

function versionOf(directory: string): string {
  return (JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { version: string }).version;
}
