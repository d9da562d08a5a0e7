// Starts one hand of the pool.

/** A worker of the page's own origin, or, where the scripts come from another, one of a blob that imports them. */
export function startWorker() {
  const address = new URL("./worker.js", import.meta.url);
  if (address.origin === location.origin) return new Worker(address, { type: "module" });
  const source = new Blob([`import ${JSON.stringify(address.href)};`], { type: "text/javascript" });
  const blob = URL.createObjectURL(source);
  const worker = new Worker(blob, { type: "module" });
  // The worker reads it when it starts; it says so with its first answer, at the latest when it is dismissed.
  worker.addEventListener("message", () => URL.revokeObjectURL(blob), { once: true });
  return worker;
}
