// Undo and redo of every change of the set-up. The browser's own history stays as it is: an afternoon of dragging would
// fill it.

/** A change that follows the last one this soon belongs to the same gesture, in milliseconds. */
const GESTURE = 400;

/** The most changes that can be undone. */
const MOST = 200;

/**
 * @param {import("./element.js").AdamScope} scope
 * @param {{ undo: HTMLButtonElement, redo: HTMLButtonElement }} buttons
 */
export function keepHistory(scope, { undo, redo }) {
  /** Configs, oldest first; `at` is the one shown. */
  let texts = [scope.config];
  let at = 0;
  let last = -Infinity;
  let own = false;

  const show = () => {
    undo.disabled = at === 0;
    redo.disabled = at === texts.length - 1;
  };

  scope.addEventListener("adam-scope-change", () => {
    const text = scope.config;
    if (own || text === texts[at]) return;
    const now = performance.now();
    // A drag is one change, however many places it passes.
    const sameGesture = now - last < GESTURE && at > 0;
    last = now;
    texts = [...texts.slice(0, sameGesture ? at : at + 1), text].slice(-MOST);
    at = texts.length - 1;
    show();
  });

  /** @param {number} to */
  const go = (to) => {
    if (to < 0 || to >= texts.length) return;
    at = to;
    last = -Infinity;
    own = true;
    scope.config = texts[at];
    own = false;
    show();
  };
  undo.addEventListener("click", () => go(at - 1));
  redo.addEventListener("click", () => go(at + 1));
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
    // In a field that is being written the browser undoes what was typed.
    if (!(event.ctrlKey || event.metaKey) || event.altKey || target.closest("input:not([type=range]), textarea")) return;
    const key = event.key.toLowerCase();
    const back = key === "z" && !event.shiftKey;
    if (!back && key !== "y" && key !== "z") return;
    event.preventDefault();
    go(at + (back ? -1 : 1));
  });
  show();
}
