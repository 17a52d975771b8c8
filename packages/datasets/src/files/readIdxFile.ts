import { gunzipSync } from 'node:zlib';
import { DatasetError } from '../errors.js';
import { type IdxArray, parseIdx } from '../formats/idx.js';
import { readBytes } from './readBytes.js';

/**
 * Reads an IDX file, compressed or not: gzip is told by its first two bytes, not by the name.
 *
 * Throws   DatasetError (BadFile) as `parseIdx`, for gzip data that is damaged or cut short, and where the file cannot be
 *          read
 */
export async function readIdxFile(path: string): Promise<IdxArray> {
  return parseIdx(gunzipIfNeeded(await readBytes(path), path), { file: path });
}

/** The bytes, decompressed if they start like gzip. */
export function gunzipIfNeeded(bytes: Uint8Array, file: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new DatasetError({
      code: 'BadFile',
      subject: `gzip file ${file}`,
      expected: 'a whole gzip stream',
      received: `${bytes.length} bytes that do not decompress (${(cause as Error).message})`,
      fix: 'the file is damaged or cut short: delete it and download it again',
      cause,
    });
  }
}
