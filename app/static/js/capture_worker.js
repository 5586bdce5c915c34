// Keeps the shell of the capture page on this device, and nothing else: no words, no names. The
// constants VERSION, SHELL and FILES are put before this by the server.

const CACHE = `because-shell-${VERSION}`;
const CAPTURE = /^\/interviews\/[0-9a-f-]{36}\/capture(\/|$)/;
const KEPT = new Set(FILES);

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate" && CAPTURE.test(pathname)) {
    event.respondWith(searchParams.has("fresh") ? freshOr(request) : shellOr(request));
  } else if (KEPT.has(pathname)) {
    event.respondWith(kept(request, pathname));
  }
});

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll([new Request(SHELL, { cache: "reload" }), ...FILES]);
}

async function dropOthers() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("because-shell-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function shellOr(request) {
  return (await match(SHELL)) ?? fetch(request);
}

// The server's own page; where it cannot be had, the shell says so.
async function freshOr(request) {
  try {
    return await fetch(request);
  } catch (problem) {
    const shell = await match(SHELL);
    if (!shell) throw problem;
    return shell;
  }
}

async function kept(request, pathname) {
  return (await match(pathname)) ?? fetch(request);
}

async function match(pathname) {
  return (await caches.open(CACHE)).match(pathname, { ignoreVary: true });
}
