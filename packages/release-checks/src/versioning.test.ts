import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './pack.js';
import { type Manifest, root } from './workspace.js';

const changesets = createRequire(import.meta.url).resolve('@changesets/cli/bin.js');
let folder: string;

/** The manifests and release settings of this workspace, without its waiting changesets. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'polyneuron-versions-'));
  for (const file of ['package.json', 'pnpm-workspace.yaml', '.changeset/config.json']) {
    cpSync(join(root, file), join(folder, file));
  }
  for (const directory of directories()) {
    cpSync(join(root, directory, 'package.json'), join(folder, directory, 'package.json'));
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function directories(): readonly string[] {
  return ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}`),
  );
}

function manifests(base: string): ReadonlyMap<string, Manifest> {
  const read = directories().map(
    (directory) => JSON.parse(readFileSync(join(base, directory, 'package.json'), 'utf8')) as Manifest,
  );
  return new Map(read.map((manifest) => [manifest.name, manifest]));
}

/** Names of the packages whose version changes, with the kind of change. */
async function versionsAfter(changeset: string): Promise<Readonly<Record<string, string>>> {
  mkdirSync(join(folder, '.changeset'), { recursive: true });
  writeFileSync(join(folder, '.changeset/sample.md'), changeset);
  const before = manifests(folder);
  await runCommand(process.execPath, [changesets, 'version'], { cwd: folder });
  const changed = [...manifests(folder)].filter(
    ([name, { version }]) => before.get(name)!.version !== version,
  );
  return Object.fromEntries(changed.map(([name, { version }]) => [name, version]));
}

/** Public packages that reach `name` through their dependencies, `name` among them. */
function dependentsOf(name: string): readonly string[] {
  const all = manifests(root);
  const reaches = (from: string): boolean =>
    from === name ||
    Object.keys(all.get(from)?.dependencies ?? {}).some((next) => all.has(next) && reaches(next));
  return [...all.values()].filter((one) => !one.private && reaches(one.name)).map((one) => one.name);
}

describe('a changeset bumps the packages that it concerns and those that depend on them', () => {
  it.each(['@polyneuron/datasets', '@polyneuron/backend-webgl', '@polyneuron/graph'])(
    'minor of %s',
    async (name) => {
      const changed = await versionsAfter(`---\n'${name}': minor\n---\n\nSample.\n`);
      expect(Object.keys(changed).sort()).toEqual([...dependentsOf(name)].sort());
      expect(changed[name]).toMatch(/^0\.\d+\.0$/);
      expect(readFileSync(join(folder, directoryOf(name), 'CHANGELOG.md'), 'utf8')).toContain('Sample.');
    },
  );
});

function directoryOf(name: string): string {
  return directories().find(
    (directory) => JSON.parse(readFileSync(join(root, directory, 'package.json'), 'utf8')).name === name,
  )!;
}
