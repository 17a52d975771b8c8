import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createReferenceBackend } from '@polyneuron/backend';
import { describe, expect, it } from 'vitest';
import { imageDirectory } from './imageDirectory.js';
import { loadImages } from './images.js';
import { silentProgress } from './progress.js';

const shared = fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const hasShared = existsSync(shared);
if (!hasShared) console.warn(`SKIPPED: tests on real images need ${shared}`);

const counts = { usual: { train: 40, test: 20 }, full: { train: 5000, test: 1000 } };
const context = { backend: createReferenceBackend(), isFull: false, seed: 0, progress: silentProgress };

describe('loadImages', () => {
  it('draws synthetic glyphs without a directory, and says so', async () => {
    const images = await loadImages(context, 'mnist', counts);
    expect([images.train.count, images.test.count, images.isSynthetic]).toEqual([40, 20, true]);
    expect(images.description).toContain('synthetic-glyphs');
  });

  it('says what is wrong with a directory', async () => {
    const load = loadImages({ ...context, images: imageDirectory('/nowhere') }, 'mnist', counts);
    await expect(load).rejects.toThrow('mnist expected a directory /nowhere');
  });

  it.skipIf(!hasShared)('takes the folder of the set that is wanted', async () => {
    const mnist = await loadImages({ ...context, images: imageDirectory(shared) }, 'mnist', counts);
    expect(mnist.description).toMatch(/^mnist: 40 images for training, 20 for the test/);
    const fashion = await loadImages({ ...context, images: imageDirectory(shared) }, 'fashion-mnist', counts);
    expect(fashion.description).toMatch(/^fashion-mnist: 40 images/);
  });

  it.skipIf(!hasShared)('takes a directory of IDX files itself, and all of them in a full run', async () => {
    const options = { ...context, images: imageDirectory(`${shared}/fashion-mnist-900`), isFull: true };
    const images = await loadImages(options, 'mnist', counts);
    expect(images.description).toMatch(/^fashion-mnist: 720 images for training, 180 for the test/);
  });
});
