import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** SHA-256 of a file as 64 hexadecimal digits, or undefined where there is no such file. */
export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Uint8Array);
  } catch (error) {
    signal?.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return hash.digest('hex');
}

/** The checksum recorded beside a file, in the form of `sha256sum`, or undefined where none is. */
export async function readRecordedSha256(path: string): Promise<string | undefined> {
  const text = await readFile(`${path}.sha256`, 'utf8').catch(() => '');
  return /^[0-9a-f]{64}(?=\s)/.exec(text)?.[0];
}

/** Records a file's checksum beside it, so that `sha256sum --check` reads it too. */
export async function recordSha256(path: string, sha256: string): Promise<void> {
  await writeFile(`${path}.sha256`, `${sha256}  ${basename(path)}\n`);
}
