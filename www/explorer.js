// The page: an <adam-scope>, a sentence that sets it up, the axis of its rates, its clock, its address.
import { AdamScope } from "./element.js";
import { explorerCore, explorerModules, wholeCore } from "./explorer-core.js";

/** What the page opens on where the address says nothing: a surface on which four rates behave in four ways. */
const OPENING = "surface=beale";

/** The address is written at most this often, in milliseconds. */
const REST = 500;

// This module runs as soon as it is there, so that the core is compiled while the page is still being read.
const loading = explorerCore();
loading.catch(() => {});
if (document.readyState === "loading") await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const scope = /** @type {import("./element.js").AdamScope} */ (byId("scope"));
const problem = byId("problem");
const theme = /** @type {HTMLSelectElement} */ (byId("theme"));
const live = byId("live");

/** @param {string} message what is wrong; nothing takes the bar away */
function showProblem(message) {
  problem.hidden = message === "";
  const words = problem.querySelector("strong");
  if (words) words.textContent = message;
}

/** @param {string} message said aloud, and shown for as long as it takes to read */
function say(message) {
  live.textContent = message;
}

/** @param {string} name */
function paint(name) {
  theme.value = name;
  if (name === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset.theme = name;
  scope.setAttribute("theme", name);
}

/** @param {unknown} error */
function showStill(error) {
  document.documentElement.dataset.state = "still";
  const note = byId("still");
  const reason = typeof WebAssembly === "object" ? "The part of this page that computes could not be loaded" : "This browser cannot run WebAssembly";
  note.textContent = `${reason}, so this is a still picture. Its paths and numbers are real runs.`;
  note.hidden = false;
  console.info(error);
}

/** @param {import("./explorer-core.js").ExplorerCore} core */
async function open(core) {
  /**
   * Takes over what an address says; a bad one shows its message and leaves the picture.
   * @param {(config: string) => void} show
   */
  const follow = (show) => {
    const fragment = location.hash.slice(1);
    try {
      const address = core.Address.read(fragment);
      paint(address.theme);
      show(fragment === "" ? OPENING : address.config);
      address.free();
      showProblem("");
    } catch (error) {
      showProblem(/** @type {Error} */ (error).message);
    }
  };

  let opening = OPENING;
  follow((config) => (opening = config));
  // Defined only now, so that the element's first figure is the one that the address asks for.
  scope.setAttribute("config", opening);
  const waiting = problem.hidden;
  customElements.define("adam-scope", AdamScope);
  await scope.ready;
  // The picture first, its controls after the frame that paints it. A hidden tab paints none, but has them too.
  await new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 200);
  });
  performance.mark("adam-scope-painted");

  // All that stands around the figure is fetched only now: nobody waits for it.
  const {
    announce, Beside, bindTransport, buildExperiments, buildSentence, buildShare, buildValley, keepHistory, keepOffline, wanted,
  } = await import("./around.js");
  const { refresh } = buildSentence(core, scope, { sentence: byId("sentence"), more: byId("more") });
  refresh();
  /** @type {Promise<import("./pool.js").Pool> | undefined} */
  let pool;
  /** The workers, fetched for the first who has work for them. */
  const hands = () => {
    pool ??= import("./pool.js").then(({ Pool }) => new Pool(core, explorerModules, say));
    pool.catch(() => (pool = undefined));
    return pool;
  };
  buildValley(core, scope, byId("valley"), hands);
  const beside = new Beside(scope);
  bindTransport(byId("clock"), scope);
  announce(scope, say);
  document.documentElement.dataset.state = "ready";
  scope.dispatchEvent(new CustomEvent("adam-scope-change", { detail: { config: scope.config } }));

  // ---- the address: written when a gesture has come to rest, never while playing
  let timer = 0;
  let written = 0;
  const write = () => {
    if (!scope.paused || !problem.hidden) return;
    written = performance.now();
    const step = scope.currentStep === scope.openingStep ? undefined : scope.currentStep;
    const address = core.Address.of(scope.config, step, theme.value);
    if (location.hash.slice(1) !== address.fragment) history.replaceState(null, "", `#${address.fragment}`);
    address.free();
  };
  const writeSoon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(write, Math.max(150, written + REST - performance.now()));
  };

  buildExperiments(core, scope, { menu: byId("experiments"), title: byId("title"), lede: byId("lede") });
  const views = /** @type {HTMLInputElement[]} */ ([...byId("view").querySelectorAll("input")]);
  const showView = () => views.forEach((view) => (view.checked = view.value === scope.figure?.value("view")));
  for (const view of views) view.addEventListener("change", () => scope.change("view", view.value));
  scope.addEventListener("adam-scope-change", showView);
  showView();
  keepHistory(scope, { undo: /** @type {HTMLButtonElement} */ (byId("undo")), redo: /** @type {HTMLButtonElement} */ (byId("redo")) });
  buildShare(byId("share"), scope, say, write);

  scope.addEventListener("adam-scope-change", () => {
    showProblem("");
    refresh();
    writeSoon();
  });
  scope.addEventListener("adam-scope-step", writeSoon);
  scope.addEventListener("adam-scope-end", writeSoon);
  scope.addEventListener("adam-scope-error", (event) => {
    showProblem(/** @type {CustomEvent<{ message: string }>} */ (event).detail.message);
  });
  theme.addEventListener("change", () => {
    paint(theme.value);
    writeSoon();
  });
  // Paper is white.
  let onScreen = theme.value;
  addEventListener("beforeprint", () => {
    onScreen = theme.value;
    if (onScreen !== "projector") paint("light");
  });
  addEventListener("afterprint", () => paint(onScreen));
  problem.querySelector("button")?.addEventListener("click", () => {
    showProblem("");
    scope.config = scope.config;
    refresh();
    write();
  });
  addEventListener("hashchange", () => follow((config) => (scope.config = config)));
  document.addEventListener("keydown", onKey);
  if (waiting) writeSoon();
  keepOffline();

  // What lies further down is fetched for who goes there, or has a hand on the page already; once more where that failed.
  // Where there is room beside the panels, charts are part of the first view; rates that are each optimizer's own may be its best.
  let sections = ["charts", "starts", "maps", "inspector"].map(byId);
  let seen = beside.hasRoom || (scope.figure?.value("lr").includes(":") ?? false);
  for (;;) {
    if (!seen) await wanted(sections, byId("clock").offsetHeight);
    try {
      const [whole, { buildBelow }, pool] = await Promise.all([wholeCore(), import("./below.js"), hands()]);
      await buildBelow(whole, scope, { pool, beside, say });
      document.documentElement.dataset.below = "ready";
      if (sections.length === 0) showProblem("");
      return;
    } catch (error) {
      showProblem(`Charts, maps and exports could not be loaded: ${/** @type {Error} */ (error).message}`);
      sections = [];
      seen = false;
    }
  }
}

/**
 * The clock's keys, where no control wants them for itself.
 * @param {KeyboardEvent} event
 */
function onKey(event) {
  const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (target.closest("input, select, textarea, button, a, [contenteditable]")) return;
  if (event.key === " ") scope.paused ? scope.play() : scope.pause();
  else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    scope.pause();
    scope.seek(scope.currentStep + (event.key === "ArrowRight" ? 1 : -1));
  } else if (event.key === "Home") scope.seek(0);
  else if (event.key === "End") scope.seek(scope.steps);
  else return;
  event.preventDefault();
}

loading.then(open).catch(showStill);
