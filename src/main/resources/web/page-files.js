// Keeps the page's files for a reload while the server is away.

const CACHE = 'page';

/** Without TLS, or where the user forbids it, the browser keeps none. */
export async function keepPageFiles() {
  try {
    await navigator.serviceWorker.register('/web/worker.js', { scope: '/' });
    if (!navigator.serviceWorker.controller) {
      // the worker sees the next load only
      const cache = await caches.open(CACHE);
      await cache.addAll(new Set(['/', ...loaded()]));
    }
  } catch {
    // then a reload needs the server
  }
}

const loaded = () => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
  .filter(name => name.startsWith('/web/'));
