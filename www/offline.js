// The page works without a network after one visit: a service worker keeps its files. Embeds and other pages do without.
import { home } from "./home.js";

/** Called once the page is there, so that its own loading comes first. */
export function keepOffline() {
  // Not in a frame, and not from a disk. Where it cannot be had (private windows, plain http), nothing is lost.
  if (window.top !== window || !isSecureContext || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register(`${home}sw.js`).catch(() => {});
}
