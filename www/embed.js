// embed.html#CONFIG: one figure in a frame, whose parent is told how high it is. A classic script, as a frame that is
// sandboxed without an origin of its own may load no modules from most hosts.

(() => {
  /** What an address may say besides the config, as attributes of the element. */
  const PRESENTATION = ["theme", "autoplay", "loop", "speed"];

  const scope = /** @type {import("./element.js").AdamScope} */ (document.querySelector("adam-scope"));

  /** Takes over what the address says. A name that comes twice stays in the config, whose check complains. */
  function read() {
    /** @type {Map<string, string>} */
    const presentation = new Map();
    const config = location.hash.slice(1).split("&").filter((pair) => {
      const [, name, value] = /** @type {RegExpExecArray} */ (/^([^=]*)=?(.*)$/s.exec(pair));
      if (!PRESENTATION.includes(name) || presentation.has(name)) return true;
      presentation.set(name, value);
      return false;
    });
    for (const name of PRESENTATION) {
      const value = presentation.get(name);
      if (value === undefined) scope.removeAttribute(name);
      else scope.setAttribute(name, value);
    }
    const theme = presentation.get("theme") ?? "";
    document.documentElement.style.colorScheme = theme === "light" || theme === "dark" ? theme : "";
    scope.setAttribute("config", config.join("&"));
  }

  /** Tells whoever has put the page into a frame: this project's snippet, AMP, Embedly. */
  function tell() {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === 0 || parent === window) return;
    parent.postMessage({ type: "adam-scope-height", height }, "*");
    parent.postMessage({ sentinel: "amp", type: "embed-size", height }, "*");
    parent.postMessage(JSON.stringify({ src: location.href, context: "iframe.resize", height }), "*");
  }

  /** @param {() => void} failed */
  function load(failed) {
    const script = document.createElement("script");
    // Without an origin, or from a file, a page loads no modules: there, all of it in one classic script.
    if (self.origin === "null") script.src = "adam-scope.inline.js";
    else {
      script.type = "module";
      script.src = "adam-scope.js";
    }
    script.addEventListener("error", failed);
    document.head.append(script);
  }

  read();
  addEventListener("hashchange", read);
  // The one thing that a parent may ask for; whatever else it says is not for this page.
  addEventListener("message", ({ source, data }) => {
    if (source === parent && data && data.type === "adam-scope-height?") tell();
  });
  if (typeof ResizeObserver === "function") new ResizeObserver(tell).observe(document.documentElement);
  scope.addEventListener("adam-scope-ready", tell);
  scope.addEventListener("adam-scope-error", tell);
  load(() => {
    const message = document.createElement("p");
    message.setAttribute("role", "alert");
    message.textContent = "The script of this figure could not be loaded.";
    scope.append(message);
    tell();
  });
})();
