import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly sideEffects?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, { readonly types: string; readonly default: string }>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export interface WorkspacePackage {
  readonly name: string;
  /** Absolute, without a slash at its end. */
  readonly directory: string;
  readonly manifest: Manifest;
}

/** One way into a package: '@polyneuron/layers/node'. */
export interface EntryPoint {
  readonly specifier: string;
  /** 'index' or 'node', as reports are called. */
  readonly title: string;
  /** Absolute paths of what the export map names. */
  readonly types: string;
  readonly script: string;
}

/** The packages that a release publishes, in the order of their folders. */
export function publicPackages(): readonly WorkspacePackage[] {
  return ['packages', 'apps']
    .flatMap((group) => readdirSync(`${root}${group}`).map((name) => `${root}${group}/${name}`))
    .map((directory) => {
      const manifest = JSON.parse(readFileSync(`${directory}/package.json`, 'utf8')) as Manifest;
      return { name: manifest.name, directory, manifest };
    })
    .filter(({ manifest }) => !manifest.private);
}

export function entryPoints({ name, directory, manifest }: WorkspacePackage): readonly EntryPoint[] {
  return Object.entries(manifest.exports ?? {}).map(([path, { types, default: script }]) => ({
    specifier: path === '.' ? name : `${name}/${path.slice(2)}`,
    title: path === '.' ? 'index' : path.slice(2),
    types: `${directory}/${types.slice(2)}`,
    script: `${directory}/${script.slice(2)}`,
  }));
}
