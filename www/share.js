// What a visitor can take along: the address, a line of HTML, a frame, a Markdown image.

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** @param {string} path relative to the page */
const absolute = (path) => new URL(path, location.href.replace(/[#?].*/, "")).href;

/**
 * One line for a post: the script and the element, a key an attribute.
 * @param {string} config
 * @param {number | undefined} step
 */
export function elementCode(config, step) {
  const keys = config === "" ? [] : config.split("&").map((pair) => pair.split(/=(.*)/s));
  if (step !== undefined) keys.push(["step", String(step)]);
  const attributes = keys.map(([key, value]) => ` ${key}="${escaped(decodeURIComponent(value))}"`).join("");
  return `<script type="module" src="${escaped(absolute("adam-scope.js"))}"></script>\n<adam-scope${attributes} controls></adam-scope>`;
}

/**
 * A frame for hosts that allow no scripts of their own.
 * @param {string} fragment
 * @param {string} title
 */
export function frameCode(fragment, title) {
  return `<iframe src="${escaped(`${absolute("embed.html")}#${fragment}`)}" title="${escaped(title)}" width="100%" height="480" loading="lazy"></iframe>`;
}

/**
 * An image that leads to the page; the picture itself comes from Export.
 * @param {string} link
 * @param {string} title
 */
export function markdownCode(link, title) {
  return `[![${title.replaceAll(/[[\]]/g, "")}](adam-scope.svg)](${link.replaceAll(/[()]/g, encodeURIComponent)})`;
}

/**
 * @param {HTMLElement} menu
 * @param {import("./element.js").AdamScope} scope
 * @param {(message: string) => void} say told when something was copied
 * @param {() => void} write brings the address up to date
 */
export function buildShare(menu, scope, say, write) {
  const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (menu.querySelector(`[data-share="${name}"]`));
  const link = /** @type {HTMLInputElement} */ (find("link"));
  const code = /** @type {HTMLTextAreaElement} */ (find("code"));
  /** @type {Record<string, () => string>} */
  const codes = {
    link: () => location.href,
    html: () => elementCode(scope.config, scope.currentStep === scope.openingStep ? undefined : scope.currentStep),
    iframe: () => frameCode(location.hash.slice(1), document.querySelector("h1")?.textContent ?? ""),
    markdown: () => markdownCode(location.href, document.querySelector("h1")?.textContent ?? ""),
  };
  menu.addEventListener("beforetoggle", () => {
    write();
    link.value = codes.link();
    code.value = codes.html();
  });
  for (const button of menu.querySelectorAll("button[data-copy]")) {
    const name = /** @type {HTMLElement} */ (button).dataset.copy ?? "";
    button.addEventListener("click", async () => {
      const text = codes[name]();
      if (name !== "link") code.value = text;
      say((await copy(text, name === "link" ? link : code)) ? "Copied." : "The browser does not let this page copy: the text is selected, copy it by hand.");
    });
  }
}

/**
 * Puts text on the clipboard, or at least selects it.
 * @param {string} text
 * @param {HTMLInputElement | HTMLTextAreaElement} [field] where it stands
 */
export async function copy(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.select();
    return false;
  }
}
