import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImageCache, type ImageKey } from './imageCache.js';
import { imageFiles, userImageFolder } from './imageFiles.js';

const keyOf = (source: string, architecture = 'sm_90'): ImageKey => ({
  source,
  target: { kind: 'cubin', architecture },
  compiler: 'NVRTC 13.0',
});
const imageOf = (length: number) => new Uint8Array(length).fill(7);

describe('ImageCache', () => {
  it('makes an image once, also when it is asked for twice at a time', async () => {
    const cache = new ImageCache();
    let made = 0;
    const make = async () => {
      made++;
      return imageOf(3);
    };
    const [first, second] = await Promise.all([cache.get(keyOf('a'), make), cache.get(keyOf('a'), make)]);
    expect(first).toBe(second);
    expect(await cache.get(keyOf('a'), make)).toBe(first);
    await cache.get(keyOf('a', 'sm_80'), make);
    expect(made).toBe(2);
  });

  it('keeps as many bytes as it may, those used last', async () => {
    const cache = new ImageCache({ capacityBytes: 10 });
    const made: string[] = [];
    const get = (source: string) =>
      cache.get(keyOf(source), async () => {
        made.push(source);
        return imageOf(4);
      });
    for (const source of ['a', 'b', 'a', 'c', 'a', 'b']) await get(source);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
    expect(cache.bytes).toBe(8);
  });

  it('forgets a making that failed', async () => {
    const cache = new ImageCache();
    await expect(cache.get(keyOf('a'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.get(keyOf('a'), async () => imageOf(2))).toHaveLength(2);
  });
});

describe('imageFiles', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'polyneuron-images-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const never = () => Promise.reject(new Error('made'));

  it('keeps images between caches, and makes one again whose file is damaged', async () => {
    const files = imageFiles(join(folder, 'kept'));
    await new ImageCache({ files }).get(keyOf('a'), async () => imageOf(5));
    expect([...(await new ImageCache({ files }).get(keyOf('a'), never))]).toEqual([7, 7, 7, 7, 7]);
    const names = await readdir(join(folder, 'kept'));
    expect(names).toHaveLength(1);
    const path = join(folder, 'kept', names[0]);
    await writeFile(path, (await readFile(path)).subarray(0, -1));
    await expect(new ImageCache({ files }).get(keyOf('a'), never)).rejects.toThrow('made');
  });

  it('does without files that cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const files = imageFiles(join(folder, 'file', 'within'));
    expect(await new ImageCache({ files }).get(keyOf('a'), async () => imageOf(1))).toHaveLength(1);
  });

  it('lies in the folder of the user', () => {
    expect(userImageFolder({ XDG_CACHE_HOME: '/cache' })).toBe(join('/cache', 'polyneuron', 'cuda'));
    expect(userImageFolder({})).toMatch(/\.cache.polyneuron.cuda$/);
  });
});
