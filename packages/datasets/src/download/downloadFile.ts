import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatasetError } from '../errors.js';
import { readRecordedSha256, recordSha256, sha256OfFile } from './checksum.js';
import { type DownloadProgress, removePart, transfer } from './transfer.js';

export interface DownloadFileOptions {
  readonly url: string;
  /** Final path. Beside it appear `.sha256` and, while under way, `.part` and `.part.json`. */
  readonly to: string;
  /** 64 hexadecimal digits. Without it the first download is trusted and recorded, see {@link downloadFile}. */
  readonly sha256?: string;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
}

export interface DownloadedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /**
   * What the file was compared with: the checksum `given` by the caller, the one `recorded` when it was first
   * downloaded, or nothing (`first-use`): trusted as it came, and recorded for the next time.
   */
  readonly verifiedBy: 'given' | 'recorded' | 'first-use';
  /** The file was there already and fits: nothing was fetched. */
  readonly wasPresent: boolean;
  /** Byte at which an earlier attempt was continued, 0 where it was not. */
  readonly resumedFrom: number;
}

/**
 * Downloads a file, continuing an earlier attempt, and puts it under its name only when its SHA-256 fits.
 *
 * The expected checksum is `sha256`, else the one recorded in `<to>.sha256`. Where there is neither, the first file is
 * trusted and its checksum recorded: that catches later damage, not a wrong first download. A file already under the
 * name is checked the same way and fetched anew if it does not fit; it stays until its replacement fits. A continued
 * download that does not fit is fetched once more from its first byte.
 *
 * Throws   DatasetError: BadOption (malformed sha256), DownloadFailed (no answer, status, connection ended; the part
 *          stays), ChecksumMismatch (the part is deleted); the signal's reason when aborted (the part stays)
 *
 * @example
 * await downloadFile({ url: 'https://example.org/a.gz', to: '/data/a.gz', onProgress: console.log });
 */
export async function downloadFile(options: DownloadFileOptions): Promise<DownloadedFile> {
  const { url, to, onProgress, signal } = options;
  signal?.throwIfAborted();
  const given = checkSha256(options.sha256);
  await mkdir(dirname(to), { recursive: true });
  const expected = given ?? (await readRecordedSha256(to));
  const verifiedBy = given ? 'given' : expected ? 'recorded' : 'first-use';

  const present = await sha256OfFile(to, signal);
  const wasPresent = present !== undefined && (expected === undefined || present === expected);
  const fetched = wasPresent
    ? { sha256: present, resumedFrom: 0 }
    : await fetchVerified(
        { url, part: `${to}.part`, isChecked: expected !== undefined, onProgress, signal },
        expected,
      );

  if (!wasPresent) {
    await rename(`${to}.part`, to);
    await removePart(`${to}.part`);
  }
  // What is there and known already is left alone: the directory may be one that cannot be written.
  if (!wasPresent || verifiedBy === 'first-use') await recordSha256(to, fetched.sha256);
  return { path: to, bytes: (await stat(to)).size, ...fetched, verifiedBy, wasPresent };
}

async function fetchVerified(
  options: Parameters<typeof transfer>[0],
  expected: string | undefined,
): Promise<{ sha256: string; resumedFrom: number }> {
  const { url, part, signal } = options;
  const resumedFrom = await transfer(options);
  const sha256 = (await sha256OfFile(part, signal)) as string;
  if (expected === undefined || sha256 === expected) return { sha256, resumedFrom };
  await removePart(part);
  // The earlier part may have been the bad one: once more, without it.
  if (resumedFrom > 0) return fetchVerified(options, expected);
  throw new DatasetError({
    code: 'ChecksumMismatch',
    subject: `download of ${url}`,
    expected: `sha256 ${expected}`,
    received: sha256,
    details: { deleted: part },
    fix: 'the server sent another file: try a mirror; if the file was renewed on purpose, give its new checksum or delete the recorded .sha256',
  });
}

function checkSha256(sha256: string | undefined): string | undefined {
  if (sha256 === undefined || /^[0-9a-f]{64}$/i.test(sha256)) return sha256?.toLowerCase();
  throw new DatasetError({
    code: 'BadOption',
    subject: 'downloadFile',
    expected: 'sha256 to be 64 hexadecimal digits',
    received: `'${sha256}'`,
    fix: 'give the whole SHA-256, or leave it out to record the first download',
  });
}
