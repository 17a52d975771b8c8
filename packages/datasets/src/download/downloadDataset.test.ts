import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fileDatasets } from '../files/fileDatasets.js';
import { loadDatasetFromDirectory } from '../files/loadDataset.js';
import { idxBytes } from '../testing/idxBytes.js';
import { localServer, serveBytes } from '../testing/localServer.js';
import { sha256 } from '../testing/sha256.js';
import { temporaryDirectory } from '../testing/temporaryDirectory.js';
import { downloadDataset, downloadSource } from './downloadDataset.js';
import { downloadSources } from './sources.js';

describe('downloadSources', () => {
  it('has every file-backed set, with an address and whole checksums', () => {
    expect(Object.keys(downloadSources)).toEqual(Object.keys(fileDatasets));
    for (const { baseUrl, files } of Object.values(downloadSources)) {
      expect(baseUrl).toMatch(/^https?:\/\/.*\/$/);
      for (const { sha256: checksum } of files) expect(checksum).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});

describe('downloadSource', () => {
  it('fetches every file so that the set can be read', async () => {
    const images = gzipSync(idxBytes(8, [10, 28, 28], new Uint8Array(7840)));
    const labels = gzipSync(idxBytes(8, [10], new Uint8Array(10)));
    const server = await localServer((request, response) =>
      serveBytes(request.url?.includes('images') ? images : labels)(request, response),
    );
    const directory = await temporaryDirectory();
    const source = {
      baseUrl: 'http://127.0.0.1:1/',
      files: [
        { name: 't10k-images-idx3-ubyte.gz', sha256: sha256(images) },
        { name: 't10k-labels-idx1-ubyte.gz' },
      ],
    };
    const files = await downloadSource(source, directory, { baseUrl: `${server.url}mirror` });
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/mirror/t10k-images-idx3-ubyte.gz',
      '/mirror/t10k-labels-idx1-ubyte.gz',
    ]);
    expect(files.map(({ path, verifiedBy }) => [basename(path), verifiedBy])).toEqual([
      ['t10k-images-idx3-ubyte.gz', 'given'],
      ['t10k-labels-idx1-ubyte.gz', 'first-use'],
    ]);
    expect((await loadDatasetFromDirectory('mnist', directory)).train.count).toBe(8);
  });
});

describe('downloadDataset', () => {
  it('rejects an address that is none', async () => {
    const download = downloadDataset('mnist', { directory: 'unused', baseUrl: 'mirror' });
    await expect(download).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: downloadDataset expected baseUrl to be an address, got 'mirror'.

      Fix: pass a whole one, such as 'https://example.org/mnist/']
    `);
  });

  it('does not accept from a mirror what is not the published file', async () => {
    const server = await localServer(serveBytes(Uint8Array.of(1, 2, 3)));
    const directory = join(await temporaryDirectory(), 'new');
    const download = downloadDataset('mnist', { directory, baseUrl: server.url });
    await expect(download).rejects.toMatchObject({ code: 'ChecksumMismatch' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('rejects a set that has no files', async () => {
    await expect(downloadDataset('minst' as 'mnist')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: downloadDataset expected one of mnist, fashion-mnist, cifar10, got 'minst'.

      Fix: did you mean 'mnist'?]
    `);
    await expect(downloadDataset('two-spirals' as 'mnist')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: downloadDataset expected one of mnist, fashion-mnist, cifar10, got 'two-spirals'.

      Fix: generated sets need no download: use loadDataset]
    `);
  });
});
