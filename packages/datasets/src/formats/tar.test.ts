import { describe, expect, it } from 'vitest';
import { tarBytes } from '../testing/tarBytes.js';
import { parseTar } from './tar.js';

const text = (value: string) => new TextEncoder().encode(value);
const archive = tarBytes({
  'folder/': text(''),
  'folder/a.txt': text('hello'),
  'b.bin': new Uint8Array(1000).fill(7),
});

describe('parseTar', () => {
  it('lists the regular files with their contents', () => {
    const entries = parseTar(archive);
    expect([...entries.keys()]).toEqual(['folder/a.txt', 'b.bin']);
    expect(entries.get('folder/a.txt')).toEqual(text('hello'));
    expect(entries.get('b.bin')).toEqual(new Uint8Array(1000).fill(7));
  });

  it('rejects a damaged header', () => {
    const damaged = archive.slice();
    damaged[512] ^= 1;
    expect(() => parseTar(damaged, { file: 'c.tar' })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: tar file c.tar expected header checksum 2670 at byte 512, got 2671.

      Fix: the archive is damaged or cut short: delete it and download it again]
    `);
  });

  it('rejects contents cut short and an archive without its end', () => {
    const cut = (length: number) => () => parseTar(archive.subarray(0, length), { file: 'c.tar' });
    expect(cut(512 + 512 + 3)).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: tar file c.tar expected 5 bytes of folder/a.txt, got 3.

      Fix: the archive is damaged or cut short: delete it and download it again]
    `);
    expect(cut(512 + 512 + 512)).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: tar file c.tar expected a header of 512 bytes at byte 1536, got 0 bytes.

      Fix: the archive is damaged or cut short: delete it and download it again]
    `);
  });
});
