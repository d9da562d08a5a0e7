// What the gallery's frames need: a parent that gives them their height, and a word where the host allows none. It is there
// before the first of them asks.

const frames = () => document.querySelectorAll("iframe");

addEventListener("message", ({ source, data }) => {
  if (!data || data.type !== "adam-scope-height" || !(data.height > 0 && data.height < 10000)) return;
  for (const frame of frames()) if (frame.contentWindow === source) frame.height = data.height;
});

addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
  if (effectiveDirective !== "frame-src") return;
  for (const frame of frames()) {
    const link = document.createElement("a");
    link.href = frame.src;
    link.textContent = `${frame.title} (this host allows no frames)`;
    frame.replaceWith(link);
  }
});

// In a frame, this page tells its own height as the page for frames does.
if (parent !== window) {
  new ResizeObserver(([{ target }]) => {
    const height = Math.ceil(target.getBoundingClientRect().height);
    if (height > 0) parent.postMessage({ type: "adam-scope-height", height }, "*");
  }).observe(document.documentElement);
}
