// Answers the browser while the server is away, with the files of the page as the server had them last.

const CACHE = 'page';

/** Calls of the API pass by. */
function isFile({ method, url }) {
  const { origin, pathname } = new URL(url);
  return method === 'GET' && origin === location.origin && (pathname === '/' || pathname.startsWith('/web/'));
}

/** The server's answer; where there is none, or only a proxy's excuse, the last good one. */
async function answer(request) {
  const cache = await caches.open(CACHE);
  const response = await fetch(request).catch(() => Response.error());
  if (response.ok) {
    await cache.put(request, response.clone());
    return response;
  }
  return await cache.match(request, { ignoreVary: true }) ?? response;
}

addEventListener('install', () => skipWaiting());
addEventListener('fetch', event => isFile(event.request) && event.respondWith(answer(event.request)));
