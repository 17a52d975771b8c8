import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface LocalServer {
  readonly url: string;
  /** Every request so far. */
  readonly requests: IncomingMessage[];
  /** Answers from now on. */
  handler: (request: IncomingMessage, response: ServerResponse) => void;
}

/** A web server on 127.0.0.1 that closes when the current test ends. */
export async function localServer(handler: LocalServer['handler']): Promise<LocalServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    local.handler(request, response);
  });
  const local: LocalServer = { url: '', requests, handler };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return Object.assign(local, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
}

/** Serves these bytes as a well-behaved server does: with length, ETag, Range and If-Range. */
export function serveBytes(body: Uint8Array, etag?: string): LocalServer['handler'] {
  return (request, response) => {
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const start = range ? Number(range[1]) : 0;
    if (etag) response.setHeader('etag', etag);
    const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
    if (range && isSame && start >= body.length) {
      response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end();
    } else if (range && isSame) {
      const contentRange = `bytes ${start}-${body.length - 1}/${body.length}`;
      response.writeHead(206, { 'content-range': contentRange, 'content-length': body.length - start });
      response.end(body.subarray(start));
    } else {
      response.writeHead(200, { 'content-length': body.length }).end(body);
    }
  };
}

/**
 * Promises the whole body, sends the first `sent` bytes, and waits for `hangUp` to end the connection. The client calls
 * it when it has the bytes: what still waits in a buffer when the connection breaks may be lost.
 */
export function serveTruncated(body: Uint8Array, sent: number, etag?: string) {
  let hangUp = () => {};
  const handler: LocalServer['handler'] = (request, response) => {
    response.writeHead(200, { 'content-length': body.length, ...(etag && { etag }) });
    response.write(body.subarray(0, sent));
    hangUp = () => request.socket.destroy();
  };
  const onProgress = ({ receivedBytes }: { receivedBytes: number }) => {
    if (receivedBytes === sent) hangUp();
  };
  return { handler, onProgress };
}
