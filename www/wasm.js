// The one instance of the core that a page has, loaded when it is first needed.

/** @typedef {typeof import("./pkg/adam_scope.js")} Core */

/** @type {Promise<Core> | undefined} */
let loading;

/**
 * The core, ready to be called. A failed load is tried again by the next caller.
 * @returns {Promise<Core>}
 */
export function loadCore() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @returns {Promise<Core>} */
async function load() {
  if (typeof WebAssembly !== "object") throw new Error("this browser cannot run WebAssembly");
  const core = await import("./pkg/adam_scope.js");
  await core.default();
  return core;
}
