/**
 * Service worker for hosts that cannot send the headers of cross-origin isolation: adds them to what they send.
 *
 * Registered by a click on the benchmark page only, and it never reloads anything. Idea: gzuidhof/coi-serviceworker.
 */
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

/** Requests whose answers become a page or a worker: what isolation is asked of. */
const isolated = new Set(['document', 'iframe', 'worker', 'sharedworker']);

addEventListener('fetch', (event) => {
  const { request } = event;
  if (isolated.has(request.destination) && new URL(request.url).origin === location.origin)
    event.respondWith(answer(request));
});

async function answer(request) {
  const response = await fetch(request);
  // Redirects and errors of the network cannot be copied
  if (response.type !== 'basic' || response.redirected) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
