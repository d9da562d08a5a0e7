// The core with all that the page shows: larger than the one that an embedded element loads, and in its place.
import { fetchModule, findCore, loadCore } from "./wasm.js";

/** @typedef {typeof import("./pkg/explorer.js")} ExplorerCore */

/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled;

/** The compiled module, which workers take over as it is. */
export function explorerModule() {
  compiled ??= fetchModule(new URL("./pkg/explorer_bg.wasm", import.meta.url)).catch((error) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}

findCore(async () => {
  const [core, module] = await Promise.all([import("./pkg/explorer.js"), explorerModule()]);
  await core.default({ module_or_path: module });
  return /** @type {any} */ (core);
});

export function explorerCore() {
  return /** @type {Promise<ExplorerCore>} */ (/** @type {Promise<unknown>} */ (loadCore()));
}

/**
 * The core's view of a figure, with all that the page's core can do.
 * @param {import("./element.js").AdamScope} scope
 * @returns {import("./pkg/explorer.js").Figure | undefined}
 */
export function figureOf(scope) {
  return /** @type {any} */ (scope.figure);
}
