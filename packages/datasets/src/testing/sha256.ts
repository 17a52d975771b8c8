import { createHash } from 'node:crypto';
import type { Split } from '../types.js';

/** First 16 hexadecimal digits of the SHA-256 of a split's bytes, x then y. */
export function fingerprint({ x, y }: Split): string {
  const hash = createHash('sha256');
  for (const array of [x, y]) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return hash.digest('hex').slice(0, 16);
}

/** SHA-256 of bytes, 64 hexadecimal digits. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
