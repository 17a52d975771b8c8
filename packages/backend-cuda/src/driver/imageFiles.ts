import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ImageFiles } from './imageCache.js';

const digestBytes = 32;

/**
 * Images as files of a folder, which may be deleted at any time. The name is the SHA-256 of the key; the file is the
 * SHA-256 of the image and the image, so that a file that was cut short counts as absent.
 *
 * Files that cannot be written are left out silently: they save time and change no result.
 */
export function imageFiles(folder: string): ImageFiles {
  const pathOf = (key: string) => join(folder, `${digest(key).toString('hex')}.image`);
  return {
    read: async (key) => {
      const file = await readFile(pathOf(key)).catch(() => undefined);
      if (!file || file.length <= digestBytes) return undefined;
      const image = file.subarray(digestBytes);
      return digest(image).equals(file.subarray(0, digestBytes)) ? image : undefined;
    },
    write: async (key, image) => {
      const path = pathOf(key);
      // Renamed into place, so that a process beside this one never reads half of it
      const draft = `${path}.${randomUUID()}`;
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(draft, Buffer.concat([digest(image), image]));
        await rename(draft, path);
      } catch {
        return;
      }
    },
  };
}

/** The folder for such files of this user: XDG_CACHE_HOME, LOCALAPPDATA or ~/.cache. */
export function userImageFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const base = environment.XDG_CACHE_HOME || environment.LOCALAPPDATA || join(homedir(), '.cache');
  return join(base, 'polyneuron', 'cuda');
}

const digest = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();
