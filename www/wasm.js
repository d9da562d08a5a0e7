// The one instance of the core that a page has, loaded when it is first needed.

/** @typedef {typeof import("./pkg/adam_scope.js")} Core */

let find = () => /** @type {Promise<Core>} */ (import("./pkg/adam_scope.js"));

/** @type {Promise<Core> | undefined} */
let loading;

/**
 * Names a core that can do more, for a page that needs it: before anything is loaded.
 * @param {() => Promise<Core>} larger
 */
export function findCore(larger) {
  find = larger;
}

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
  const core = await find();
  await core.default();
  return core;
}
