// Keeps the page for when there is no network (crates/site puts in its version and its files).
//
// One version of the page is kept whole and answers for all of it, but for an engine that nobody has asked for yet.
// Another version waits until the reader takes it or no page is open.
const VERSION = "coroscope-version";
const FILES = ["coroscope-files"];
const CACHE = `coroscope-${VERSION}`;

// A page that is a file of its folder.
const key = (url) => {
  const address = new URL(url);
  address.hash = address.search = "";
  address.pathname = address.pathname.replace(/\/index\.html$/, "/");
  return address.href;
};
const ROOT = new URL("./", location.href).href;

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    // One after another: whoever reads meanwhile goes first. Past the browser's own cache, which may have other versions.
    for (const file of FILES) {
      const url = key(new URL(file, ROOT).href);
      const response = await fetch(url, { cache: "no-cache" });
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      await cache.put(url, response);
    }
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("coroscope-") && name !== CACHE) await caches.delete(name);
    }
    await clients.claim();
  })());
});

addEventListener("message", ({ data }) => { if (data === "take") skipWaiting(); });

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(ROOT)) return;
  event.respondWith((async () => {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(key(request.url));
    if (kept) return kept;
    const response = await fetch(request);
    // What is fetched for the reader's own program is kept when it was asked for once.
    if (response.ok && response.status === 200 && new URL(request.url).pathname.includes("/engine/")) {
      await cache.put(key(request.url), response.clone());
    }
    return response;
  })());
});
