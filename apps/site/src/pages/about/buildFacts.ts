/** @file What the build knows about itself: versions, and the packages in its scripts. */
import { existsSync, readFileSync } from 'node:fs';

const manifests = import.meta.glob<{
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
}>('../../../../../packages/*/package.json', { import: 'default', eager: true });

export interface PackageFact {
  readonly name: string;
  readonly version: string;
}

export interface BundledPackage extends PackageFact {
  readonly license: string;
}

/** Our own packages that are published. */
export function ownPackages(): readonly PackageFact[] {
  return Object.values(manifests)
    .filter((manifest) => !manifest.private)
    .map(({ name, version }) => ({ name, version }));
}

/** What the scripts of pages and workers are made of; undefined in development, where nothing is bundled. */
export function bundledPackages(): readonly BundledPackage[] | undefined {
  const file = `${process.env.SITE_OUT ?? 'dist'}/licences.json`;
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')) as readonly BundledPackage[];
}
