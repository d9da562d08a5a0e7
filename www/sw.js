// Keeps the page's files, all of one version. What is new is fetched beside the old, and takes its place at the next visit.

/** Written by `cargo xtask dist`; as long as there are no files, nothing is kept. */
const VERSION = "";
/** @type {string[]} */
const FILES = [];

/** A page that asks for the page again, once another version can answer. */
const AGAIN = "<!doctype html><script>onload = () => setTimeout(() => location.reload(), 20)</script>";

const KEPT = "adam-scope ";
const worker = /** @type {any} */ (self);
const { pathname: root } = new URL(worker.registration.scope);

worker.addEventListener("install", (/** @type {any} */ event) => {
  const keep = async () => {
    const cache = await caches.open(KEPT + VERSION);
    // Asking the host, not the browser's cache, which may hold files of two versions.
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
  };
  event.waitUntil(keep());
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  const forget = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith(KEPT) && name !== KEPT + VERSION);
    await Promise.all(old.map((name) => caches.delete(name)));
  };
  event.waitUntil(forget());
});

worker.addEventListener("message", (/** @type {any} */ { data }) => {
  if (data === "adam-scope-take-over") worker.skipWaiting();
});

/**
 * Whether this is the page itself, or one of its workers; embeds lie in the same folder and are not kept.
 * @param {string} address
 */
const isOurs = (address) => {
  const { pathname } = new URL(address);
  return [root, `${root}index.html`].includes(pathname) || (pathname.startsWith(root) && pathname.endsWith("/worker.js"));
};

/** @param {any} event */
async function answer({ request, clientId }) {
  if (request.mode === "navigate") {
    // A newer version waits, and no other window shows the old one: it takes over, and the page is asked for again.
    const { waiting } = worker.registration;
    const windows = await worker.clients.matchAll({ type: "window" });
    if (waiting && windows.filter((/** @type {any} */ client) => isOurs(client.url)).length < 2) {
      waiting.postMessage("adam-scope-take-over");
      return new Response(AGAIN, { headers: { "content-type": "text/html" } });
    }
    return (await caches.match("./", { cacheName: KEPT + VERSION })) ?? fetch(request);
  }
  const client = await worker.clients.get(clientId);
  const kept = client && isOurs(client.url) ? await caches.match(request, { cacheName: KEPT + VERSION }) : undefined;
  return kept ?? fetch(request);
}

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const asksForPage = request.mode === "navigate" && isOurs(request.url) && request.destination === "document";
  if (VERSION && request.method === "GET" && (asksForPage || (request.mode !== "navigate" && event.clientId))) event.respondWith(answer(event));
});
