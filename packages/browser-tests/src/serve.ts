import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Site {
  readonly origin: string;
  /** Offers a script under a path of its own. */
  add(path: string, script: string): void;
  close(): Promise<void>;
}

/** What makes a page cross-origin isolated, which SharedArrayBuffer and with it threads need. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Serves an empty page and scripts on a free port of this machine. */
export async function serve(): Promise<Site> {
  const scripts = new Map<string, string>();
  const server = createServer(({ url = '/' }, response) => {
    const script = scripts.get(url);
    const isPage = url === '/';
    response.writeHead(isPage || script !== undefined ? 200 : 404, {
      ...isolation,
      'Content-Type': `${isPage ? 'text/html' : 'text/javascript'}; charset=utf-8`,
    });
    response.end(isPage ? '<!doctype html><link rel="icon" href="data:,"><title>tests</title>' : script);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    add: (path, script) => scripts.set(path, script),
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}
