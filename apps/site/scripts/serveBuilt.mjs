/** @file A server of dist/ (or SITE_OUT) with the headers of its _headers, as the hosts that read this file send them. */
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = process.env.SITE_OUT
  ? resolve(process.env.SITE_OUT)
  : fileURLToPath(new URL('../dist', import.meta.url));

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

/** Sections of a `_headers` file: a path pattern with `*` at its end, then indented `Name: value` lines. */
function readHeaders(isIsolated) {
  const rules = [];
  for (const line of readFileSync(join(dist, '_headers'), 'utf8').split('\n')) {
    if (/^\//.test(line)) rules.push({ pattern: line.trim(), headers: [] });
    else if (/^\s+\S/.test(line)) {
      const at = line.indexOf(':');
      rules.at(-1).headers.push([line.slice(0, at).trim(), line.slice(at + 1).trim()]);
    }
  }
  const isSent = ([name]) => isIsolated || !/^cross-origin-(opener|embedder)/i.test(name);
  return (path) => {
    const headers = {};
    for (const { pattern, headers: given } of rules) {
      const matches = pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
      if (matches) for (const [name, value] of given.filter(isSent)) headers[name] = value;
    }
    return headers;
  };
}

/** Starts the server; `isIsolated: false` leaves out the headers that some hosts cannot set. */
export async function serveBuilt({ port = 0, isIsolated = true } = {}) {
  const headersOf = readHeaders(isIsolated);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const file = join(dist, normalize(path.endsWith('/') ? `${path}index.html` : path));
    const isFile = file.startsWith(dist) && (statSync(file, { throwIfNoEntry: false })?.isFile() ?? false);
    if (!isFile || path === '/_headers') {
      response.writeHead(404, { ...headersOf(path), 'Content-Type': 'text/plain' }).end('Not found');
      return;
    }
    response.writeHead(200, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      ...headersOf(path),
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}
