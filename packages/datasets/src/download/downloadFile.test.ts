import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type LocalServer, localServer, serveBytes, serveTruncated } from '../testing/localServer.js';
import { sha256 } from '../testing/sha256.js';
import { temporaryDirectory } from '../testing/temporaryDirectory.js';
import { type DownloadFileOptions, downloadFile } from './downloadFile.js';
import type { DownloadProgress } from './transfer.js';

const body = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) % 251);
const digest = sha256(body);

async function setUp(handler: LocalServer['handler'] = serveBytes(body, '"v1"')) {
  const server = await localServer(handler);
  const directory = await temporaryDirectory();
  const to = join(directory, 'data', 'a.bin');
  const download = (options: Partial<DownloadFileOptions> = {}) =>
    downloadFile({ url: `${server.url}a.bin`, to, ...options });
  /** Message of the error, with what changes from run to run replaced. */
  const failure = async (options: Partial<DownloadFileOptions> = {}) => {
    const error: Error = await download(options).then(
      () => expect.fail('did not throw'),
      (thrown) => thrown,
    );
    return error.message.replaceAll(server.url, 'URL/').replaceAll(directory, 'DIR');
  };
  const files = async () => (await readdir(join(directory, 'data'))).sort();
  /** Leaves a part behind, as a connection that ended after `length` bytes does. */
  const leavePart = async (
    length: number,
    options: Partial<DownloadFileOptions> = {},
    etag: string | undefined = '"v1"',
  ) => {
    const { handler: after } = server;
    const { handler, onProgress } = serveTruncated(body, length, etag);
    server.handler = handler;
    const message = await failure({ ...options, onProgress });
    server.handler = after;
    server.requests.length = 0;
    return message;
  };
  return { server, to, download, failure, files, leavePart };
}

describe('downloadFile', () => {
  it('downloads, reports progress, and records the checksum of a first use', async () => {
    const { to, download, files, server } = await setUp();
    const progress: DownloadProgress[] = [];
    const result = await download({ onProgress: (step) => progress.push(step) });
    expect(result).toEqual({
      path: to,
      bytes: 300_000,
      sha256: digest,
      verifiedBy: 'first-use',
      wasPresent: false,
      resumedFrom: 0,
    });
    expect(sha256(await readFile(to))).toBe(digest);
    expect(await readFile(`${to}.sha256`, 'utf8')).toBe(`${digest}  a.bin\n`);
    expect(await files()).toEqual(['a.bin', 'a.bin.sha256']);
    expect(progress[0]).toEqual({ url: `${server.url}a.bin`, receivedBytes: 0, totalBytes: 300_000 });
    expect(progress.at(-1)).toEqual({
      url: `${server.url}a.bin`,
      receivedBytes: 300_000,
      totalBytes: 300_000,
    });
  });

  it('fetches nothing when the file is there and fits', async () => {
    const { download, server } = await setUp();
    await download();
    expect(await download()).toMatchObject({ wasPresent: true, verifiedBy: 'recorded' });
    expect(await download({ sha256: digest.toUpperCase() })).toMatchObject({
      wasPresent: true,
      verifiedBy: 'given',
    });
    expect(server.requests).toHaveLength(1);
  });

  it('fetches anew when the file was damaged since', async () => {
    const { to, download, server } = await setUp();
    await download();
    await writeFile(to, 'damaged');
    expect(await download()).toMatchObject({ wasPresent: false, verifiedBy: 'recorded', sha256: digest });
    expect(server.requests).toHaveLength(2);
  });

  it('keeps what is under the name until the replacement fits', async () => {
    const { to, download, failure, server, files } = await setUp();
    await download();
    await writeFile(to, 'mine');
    server.handler = serveBytes(Uint8Array.of(1, 2, 3));
    expect(await failure()).toContain(`expected sha256 ${digest}`);
    expect(await readFile(to, 'utf8')).toBe('mine');
    expect(await files()).toEqual(['a.bin', 'a.bin.sha256']);
  });

  it('rejects a wrong checksum and leaves nothing under the name', async () => {
    const { failure, files } = await setUp();
    expect(await failure({ sha256: '0'.repeat(64) })).toMatchInlineSnapshot(`
      "download of URL/a.bin expected sha256 0000000000000000000000000000000000000000000000000000000000000000, got 4b842fb90e12c8e34f6484748f2e67e138ec9c7c53f72a919f9919c180c6f8d4.

        deleted   DIR/data/a.bin.part

      Fix: the server sent another file: try a mirror; if the file was renewed on purpose, give its new checksum or delete the recorded .sha256"
    `);
    expect(await files()).toEqual([]);
  });

  it('rejects a malformed checksum before it fetches', async () => {
    const { failure, server } = await setUp();
    expect(await failure({ sha256: 'c4a38c50' })).toMatchInlineSnapshot(`
      "downloadFile expected sha256 to be 64 hexadecimal digits, got 'c4a38c50'.

      Fix: give the whole SHA-256, or leave it out to record the first download"
    `);
    expect(server.requests).toHaveLength(0);
  });

  it('takes a body of unknown length', async () => {
    const { download } = await setUp((_, response) => response.end(body));
    const chunked = await setUp((_, response) => {
      response.write(body.subarray(0, 10));
      response.end(body.subarray(10));
    });
    expect((await download()).sha256).toBe(digest);
    const totals: unknown[] = [];
    const result = await chunked.download({ onProgress: ({ totalBytes }) => totals.push(totalBytes) });
    expect([result.sha256, new Set(totals)]).toEqual([digest, new Set([undefined])]);
  });

  it('takes an empty file', async () => {
    const { download } = await setUp(serveBytes(new Uint8Array(0)));
    expect(await download()).toMatchObject({ bytes: 0, sha256: sha256('') });
  });

  it('takes a body that the server encoded on the way, and does not mistake its length', async () => {
    const packed = gzipSync(body);
    const headers = { 'content-encoding': 'gzip', 'content-length': packed.length, etag: '"v1"' };
    const { download } = await setUp((_, response) => response.writeHead(200, headers).end(packed));
    expect((await download({ sha256: digest })).bytes).toBe(300_000);
  });
});

describe('downloadFile, resumed', () => {
  it('keeps the part of a connection that ended and goes on from there', async () => {
    const { download, leavePart, files, server } = await setUp();
    expect(await leavePart(1000)).toMatchInlineSnapshot(`
      "download of URL/a.bin expected 300000 bytes, got 1000 before the connection ended.

        part   DIR/data/a.bin.part, kept

      Fix: call again: the download goes on where it stopped"
    `);
    expect(await files()).toEqual(['a.bin.part', 'a.bin.part.json']);
    const progress: number[] = [];
    const result = await download({ onProgress: ({ receivedBytes }) => progress.push(receivedBytes) });
    expect(result).toMatchObject({ resumedFrom: 1000, sha256: digest, verifiedBy: 'first-use' });
    expect(server.requests[0].headers).toMatchObject({ range: 'bytes=1000-', 'if-range': '"v1"' });
    expect([progress[0], progress.at(-1)]).toEqual([1000, 300_000]);
    expect(await files()).toEqual(['a.bin', 'a.bin.sha256']);
  });

  it('starts over when the file changed on the server', async () => {
    const { download, leavePart, server } = await setUp();
    await leavePart(1000);
    const renewed = body.map((byte) => byte + 1);
    server.handler = serveBytes(renewed, '"v2"');
    expect(await download()).toMatchObject({ resumedFrom: 0, sha256: sha256(renewed) });
  });

  it('starts over when the server ignores Range', async () => {
    const { download, leavePart, server } = await setUp();
    await leavePart(1000);
    server.handler = (_, response) => response.writeHead(200, { 'content-length': body.length }).end(body);
    expect(await download()).toMatchObject({ resumedFrom: 0, sha256: digest });
    expect(server.requests[0].headers.range).toBe('bytes=1000-');
  });

  it('starts over without an ETag unless a checksum would tell', async () => {
    for (const [options, range] of [
      [{}, undefined],
      [{ sha256: digest }, 'bytes=1000-'],
    ] as const) {
      const { download, leavePart, server } = await setUp(serveBytes(body));
      await leavePart(1000, options, '');
      expect((await download(options)).sha256).toBe(digest);
      expect(server.requests[0].headers.range).toBe(range);
    }
  });

  it('starts over from another address', async () => {
    const { download, leavePart, server } = await setUp();
    await leavePart(1000);
    await download({ url: `${server.url}mirror.bin` });
    expect(server.requests[0].headers.range).toBeUndefined();
  });

  it('fetches once more from the first byte when the part was damaged', async () => {
    const { to, download, leavePart, server } = await setUp();
    await leavePart(1000, { sha256: digest });
    await writeFile(`${to}.part`, new Uint8Array(1000));
    expect(await download({ sha256: digest })).toMatchObject({ resumedFrom: 0, sha256: digest });
    expect(server.requests.map(({ headers }) => headers.range)).toEqual(['bytes=1000-', undefined]);
  });

  it('takes a part that is already whole, and discards one that is too long', async () => {
    for (const [length, requests, resumedFrom] of [
      [300_000, 1, 300_000],
      [300_001, 2, 0],
    ]) {
      const { to, download, leavePart, server } = await setUp();
      await leavePart(1000);
      const part = new Uint8Array(length);
      part.set(body);
      await writeFile(`${to}.part`, part);
      expect(await download()).toMatchObject({ resumedFrom, sha256: digest });
      expect(server.requests).toHaveLength(requests);
    }
  });

  it('discards the part when the server answers with another range', async () => {
    const { download, leavePart, server } = await setUp();
    await leavePart(1000);
    server.handler = (request, response) => {
      if (!request.headers.range) return serveBytes(body)(request, response);
      response.writeHead(206, { 'content-range': `bytes 0-299999/300000` }).end(body);
    };
    expect(await download()).toMatchObject({ resumedFrom: 0, sha256: digest });
  });
});

describe('downloadFile, failing', () => {
  it('rejects status 404 and 500', async () => {
    const { failure, files, server } = await setUp((_, response) =>
      response.writeHead(404).end('<html>no</html>'),
    );
    expect(await failure()).toMatchInlineSnapshot(`
      "download of URL/a.bin expected status 200, got 404 Not Found.

      Fix: check the address, or name a mirror"
    `);
    server.handler = (_, response) => response.writeHead(500).end();
    expect(await failure()).toMatchInlineSnapshot(`
      "download of URL/a.bin expected status 200, got 500 Internal Server Error.

      Fix: the server has a problem: call again later"
    `);
    expect(await files()).toEqual([]);
  });

  it('keeps the part through a status 500', async () => {
    const { download, failure, leavePart, server } = await setUp();
    await leavePart(1000);
    const { handler } = server;
    server.handler = (_, response) => response.writeHead(503).end();
    expect(await failure()).toContain('got 503 Service Unavailable');
    server.handler = handler;
    expect(await download()).toMatchObject({ resumedFrom: 1000, sha256: digest });
  });

  it('rejects when nobody answers', async () => {
    const { failure } = await setUp((request) => request.socket.destroy());
    expect((await failure()).replace(/UND_ERR_SOCKET|ECONNRESET/, 'CODE')).toMatchInlineSnapshot(`
      "download of URL/a.bin expected an answer, got CODE.

      Fix: check the address and the connection, then call again"
    `);
  });

  it('stops by signal with its reason, keeps the part, and goes on from there', async () => {
    const { download, server, files } = await setUp((_, response) => {
      response.writeHead(200, { 'content-length': body.length, etag: '"v1"' });
      response.write(body.subarray(0, 5000)); // and then nothing more: only the signal ends this
    });
    const controller = new AbortController();
    const reason = new Error('the user went home');
    const onProgress = ({ receivedBytes }: DownloadProgress) => {
      if (receivedBytes === 5000) controller.abort(reason);
    };
    await expect(download({ signal: controller.signal, onProgress })).rejects.toBe(reason);
    expect(await files()).toEqual(['a.bin.part', 'a.bin.part.json']);
    server.handler = serveBytes(body, '"v1"');
    expect(await download()).toMatchObject({ resumedFrom: 5000, sha256: digest });
  });

  it('does nothing under a signal that is already aborted', async () => {
    const { download, server } = await setUp();
    await expect(download({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.requests).toHaveLength(0);
  });

  it('passes an error of the caller through', async () => {
    const { download } = await setUp();
    const onProgress = () => {
      throw new Error('from the caller');
    };
    await expect(download({ onProgress })).rejects.toThrow('from the caller');
  });
});
