// The core with all that the page shows: larger than the one that an embedded element loads, and in its place.
import { findCore, loadCore } from "./wasm.js";

/** @typedef {typeof import("./pkg/explorer.js")} ExplorerCore */

/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled;

/** The compiled module, which workers take over as it is. */
export function explorerModule() {
  compiled ??= compile().catch((error) => {
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

/** @returns {Promise<WebAssembly.Module>} */
async function compile() {
  if (typeof WebAssembly !== "object") throw new Error("this browser cannot run WebAssembly");
  const address = new URL("./pkg/explorer_bg.wasm", import.meta.url);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`the core could not be fetched (${answer.status})`);
  // Compiled while it comes in, unless the host gives it another type.
  if (answer.headers.get("content-type") === "application/wasm") return WebAssembly.compileStreaming(answer);
  return WebAssembly.compile(await answer.arrayBuffer());
}

/**
 * The core's view of a figure, with all that the page's core can do.
 * @param {import("./element.js").AdamScope} scope
 * @returns {import("./pkg/explorer.js").Figure | undefined}
 */
export function figureOf(scope) {
  return /** @type {any} */ (scope.figure);
}
