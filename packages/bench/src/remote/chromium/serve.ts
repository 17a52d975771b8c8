import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Site {
  readonly origin: string;
  /** Offers a script, or the bytes of another file, under a path of its own. */
  add(path: string, content: string | Uint8Array): void;
  close(): Promise<void>;
}

/** What makes a page cross-origin isolated, which SharedArrayBuffer and with it threads need. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Serves an empty page, scripts and WebAssembly on a free port of this machine; it keeps no process alive. */
export async function serve(): Promise<Site> {
  const contents = new Map<string, string | Uint8Array>();
  const server = createServer(({ url = '/' }, response) => {
    const content = contents.get(url);
    const isPage = url === '/';
    response.writeHead(isPage || content !== undefined ? 200 : 404, {
      ...isolation,
      'Content-Type': isPage ? 'text/html; charset=utf-8' : typeOf(url),
    });
    response.end(
      isPage ? '<!doctype html><link rel="icon" href="data:,"><title>polyneuron</title>' : content,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    add: (path, content) => contents.set(path, content),
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}

/** Streaming compilation asks for the type of WebAssembly; everything else is a script. */
function typeOf(url: string): string {
  return url.endsWith('.wasm') ? 'application/wasm' : 'text/javascript; charset=utf-8';
}
