// Tells when an element's size changes, also in browsers that do not tell by themselves.

/**
 * @param {Element} element
 * @param {(entry: ResizeObserverEntry | undefined) => void} act called once at the start, and when the size changed
 * @returns {() => void} ends it
 */
export function observeSize(element, act) {
  if (typeof ResizeObserver !== "function") {
    const look = () => act(undefined);
    requestAnimationFrame(look);
    addEventListener("resize", look);
    return () => removeEventListener("resize", look);
  }
  const observer = new ResizeObserver((entries) => act(entries[0]));
  try {
    observer.observe(element, { box: "device-pixel-content-box" });
  } catch {
    observer.observe(element);
  }
  return () => observer.disconnect();
}
