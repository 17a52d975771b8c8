/** Serves the site from its sources with hot reload: http://localhost:5173 */
import { createServer as createHttpServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { clientEntries } from './clientEntries.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vite = await createServer({ root, server: { middlewareMode: true } });
const server = createHttpServer((request, response) => {
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  vite.middlewares(request, response, async () => {
    const { renderPages } = await vite.ssrLoadModule('/src/prerender.tsx');
    const pages = await renderPages((entry) => ({
      script: `/${clientEntries[entry]}`,
      preloads: [],
      styles: [],
    }));
    const path = new URL(request.url, 'http://localhost').pathname;
    const page = pages.find((one) => `/${one.file.replace(/index\.html$/, '')}` === path);
    response.statusCode = page ? 200 : 404;
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(page ? await vite.transformIndexHtml(request.url, page.html) : 'Not found');
  });
});
server.listen(5173, '127.0.0.1', () => console.log('http://localhost:5173'));
