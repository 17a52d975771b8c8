import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { DatasetError } from '../errors.js';

export interface DownloadProgress {
  readonly url: string;
  /** Bytes on disk so far, those of an earlier attempt included. */
  readonly receivedBytes: number;
  /** Undefined where the server does not say. */
  readonly totalBytes: number | undefined;
}

export interface TransferOptions {
  readonly url: string;
  /** File that the bytes are appended to. */
  readonly part: string;
  /** Whether the result will be compared with a checksum known beforehand. */
  readonly isChecked: boolean;
  readonly onProgress: ((progress: DownloadProgress) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What is known about a part file: where it came from, and the server's mark of that version. */
type PartState = { url?: string; validator?: string };

/**
 * Fetches a file into `part`, going on where an earlier attempt stopped. Returns the byte at which it went on.
 *
 * A part is continued only from the same address, and only where mixing two versions would be noticed: by the server
 * (`If-Range` with its strong ETag) or by a checksum known beforehand. A server that ignores `Range` starts
 * over. When the connection ends early, the part stays for the next call.
 */
export async function transfer(options: TransferOptions): Promise<number> {
  const { url, part, isChecked, signal } = options;
  const state = await readPartState(part);
  const isSafe = state.url === url && (isChecked || state.validator !== undefined);
  const start = isSafe ? await fileSize(part) : 0;
  const response = await request(url, start, state.validator, signal);
  const range = parseContentRange(response.headers.get('content-range'));
  if (start > 0 && response.status === 416 && range?.total === start) {
    await response.body?.cancel();
    return start;
  }
  if (start > 0 && (response.status === 416 || (response.status === 206 && range?.start !== start))) {
    await response.body?.cancel();
    await removePart(part);
    return transfer(options);
  }
  const isContinued = start > 0 && response.status === 206;
  if (!isContinued && response.status !== 200) {
    await response.body?.cancel();
    throw statusError(url, response);
  }
  const from = isContinued ? start : 0;
  if (!isContinued)
    await writeFile(`${part}.json`, JSON.stringify({ url, validator: strongValidator(response) }));
  await receive(response, options, from, isContinued ? range?.total : contentLength(response));
  return from;
}

/** Deletes a part file and what is known about it. */
export async function removePart(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(`${part}.json`, { force: true });
}

async function request(
  url: string,
  start: number,
  validator: string | undefined,
  signal?: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (start > 0) headers.range = `bytes=${start}-`;
  if (start > 0 && validator) headers['if-range'] = validator;
  try {
    return await fetch(url, { headers, ...(signal && { signal }) });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new DatasetError({
      code: 'DownloadFailed',
      subject: `download of ${url}`,
      expected: 'an answer',
      received: describeNetworkError(cause),
      fix: 'check the address and the connection, then call again',
      cause,
    });
  }
}

async function receive(
  response: Response,
  { url, part, onProgress, signal }: TransferOptions,
  from: number,
  totalBytes: number | undefined,
): Promise<void> {
  const file = await open(part, from > 0 ? 'a' : 'w');
  const reader = response.body?.getReader();
  let receivedBytes = from;
  let cause: unknown;
  try {
    onProgress?.({ url, receivedBytes, totalBytes });
    for (;;) {
      // Only an error of the network leaves a good part behind; one of the disk or of the caller passes through.
      const chunk = await reader?.read().catch((error: unknown) => {
        cause = error;
      });
      if (!chunk || chunk.done) break;
      await file.writeFile(chunk.value);
      receivedBytes += chunk.value.length;
      onProgress?.({ url, receivedBytes, totalBytes });
    }
  } finally {
    await reader?.cancel().catch(() => undefined);
    await file.close();
  }
  signal?.throwIfAborted();
  if (cause === undefined && (totalBytes === undefined || receivedBytes === totalBytes)) return;
  throw new DatasetError({
    code: 'DownloadFailed',
    subject: `download of ${url}`,
    expected: `${totalBytes ?? 'all'} bytes`,
    received: `${receivedBytes} before the connection ended`,
    details: { part: `${part}, kept` },
    fix: 'call again: the download goes on where it stopped',
    cause,
  });
}

/** A mark that changes with every byte of the file: not a weak ETag, and none where the content is re-encoded. */
function strongValidator({ headers }: Response): string | undefined {
  const etag = headers.get('etag');
  if (isEncoded(headers)) return undefined;
  return etag && !etag.startsWith('W/') ? etag : undefined;
}

/** The length on the wire is that of the file only where fetch had nothing to decode. */
function contentLength({ headers }: Response): number | undefined {
  const length = headers.get('content-length');
  return length === null || isEncoded(headers) ? undefined : Number(length);
}

function isEncoded(headers: Headers): boolean {
  return (headers.get('content-encoding') ?? 'identity') !== 'identity';
}

function parseContentRange(
  header: string | null,
): { start: number | undefined; total: number | undefined } | undefined {
  const match = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(header ?? '');
  if (!match) return undefined;
  return {
    start: match[1] === undefined ? undefined : Number(match[1]),
    total: match[2] === '*' ? undefined : Number(match[2]),
  };
}

async function readPartState(part: string): Promise<PartState> {
  try {
    return JSON.parse(await readFile(`${part}.json`, 'utf8')) as PartState;
  } catch {
    return {};
  }
}

async function fileSize(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function statusError(url: string, { status, statusText }: Response): DatasetError {
  return new DatasetError({
    code: 'DownloadFailed',
    subject: `download of ${url}`,
    expected: 'status 200',
    received: `${status} ${statusText}`.trim(),
    fix: status >= 500 ? 'the server has a problem: call again later' : 'check the address, or name a mirror',
  });
}

function describeNetworkError(error: unknown): string {
  const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
  return cause?.code ?? (error as Error).message;
}
