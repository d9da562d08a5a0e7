// The core with all that the page shows: larger than the one that an embedded element loads, and in its place. It comes in
// two parts: what the first view needs, and the rest (lanes, charts, maps, the inspector), which joins the same instance.
import { fetchModule } from "./fetch.js";
import { findCore, loadCore } from "./wasm.js";

/** @typedef {typeof import("./pkg/explorer.js")} ExplorerCore */

const FIRST = new URL("./pkg/explorer_bg.wasm", import.meta.url);
const REST = new URL("./pkg/explorer_rest.wasm", import.meta.url);

let fetchPart = fetchModule;

/**
 * Names another way to get at a part, for where there is no fetch for files.
 * @param {typeof fetchModule} other
 */
export function fetchPartsWith(other) {
  fetchPart = other;
}

/** @type {Map<URL, Promise<WebAssembly.Module>>} */
const parts = new Map();

/**
 * A part, compiled, once; a failed load is tried again by the next caller.
 * @param {URL} address
 */
function part(address) {
  const module = parts.get(address) ?? fetchPart(address);
  parts.set(address, module);
  module.catch(() => parts.delete(address));
  return module;
}

/** What the first part exports, to the other one as well. */
let exported = /** @type {WebAssembly.Exports} */ ({});

findCore(async () => {
  const [core, module] = await Promise.all([import("./pkg/explorer.js"), part(FIRST)]);
  exported = /** @type {any} */ (await core.default({ module_or_path: module }));
  return /** @type {any} */ (core);
});

export function explorerCore() {
  return /** @type {Promise<ExplorerCore>} */ (/** @type {Promise<unknown>} */ (loadCore()));
}

/** @type {Promise<ExplorerCore> | undefined} */
let whole;
let joined = false;

/** The core with its rest. What needs that must not be called before. */
export function wholeCore() {
  whole ??= (async () => {
    const [core, rest] = await Promise.all([explorerCore(), part(REST)]);
    await WebAssembly.instantiate(rest, { first: exported });
    joined = true;
    return core;
  })();
  whole.catch(() => (whole = undefined));
  return whole;
}

/** Both parts, joined here, which workers take over as they are. */
export async function explorerModules() {
  await wholeCore();
  return Promise.all([part(FIRST), part(REST)]);
}

/** Whether the rest is there. */
export const isWhole = () => joined;

/**
 * The core's view of a figure, with all that the page's core can do.
 * @param {import("./element.js").AdamScope} scope
 * @returns {import("./pkg/explorer.js").Figure | undefined}
 */
export function figureOf(scope) {
  return /** @type {any} */ (scope.figure);
}
