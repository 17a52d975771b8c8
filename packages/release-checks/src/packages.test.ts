import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData, type Package } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packPackage } from './pack.js';
import { publicPackages } from './workspace.js';

describe.each(publicPackages())('$name as it is published', (workspacePackage) => {
  const folder = mkdtempSync(join(tmpdir(), 'polyneuron-pack-'));
  let tarball: Buffer;
  let files: Package;
  beforeAll(async () => {
    tarball = readFileSync(await packPackage(workspacePackage, folder));
    files = createPackageFromTarballData(new Uint8Array(tarball));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds scripts, declarations, README and licence, and nothing of the workshop', () => {
    const paths = files.listFiles().map((path) => path.replace(/^.*?node_modules\/(@[^/]+\/)?[^/]+\//, ''));
    expect(paths).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']));
    expect(
      paths.filter((path) => /\.test\.|tsbuildinfo|\.d\.ts\.map$|^src\/|^node_modules\//.test(path)),
    ).toEqual([]);
  });

  it('passes publint', async () => {
    const { messages } = await publint({
      pack: {
        tarball: tarball.buffer.slice(
          tarball.byteOffset,
          tarball.byteOffset + tarball.byteLength,
        ) as ArrayBuffer,
      },
      strict: true,
    });
    expect(messages.map((message) => formatMessage(message, workspacePackage.manifest))).toEqual([]);
  });

  it('has types that TypeScript finds under node16 and bundler resolution', async () => {
    const result = await checkPackage(files);
    const problems = result.types === false ? ['no types'] : result.problems;
    // ESM only by design: a CommonJS importer gets the ES module, which Node >= 20.19 loads
    const unexpected = problems.filter(
      (problem) =>
        typeof problem === 'string' ||
        !['CJSResolvesToESM', 'NoResolution'].includes(problem.kind) ||
        ('resolutionKind' in problem && problem.resolutionKind === 'bundler'),
    );
    expect(unexpected).toEqual([]);
  });
});
