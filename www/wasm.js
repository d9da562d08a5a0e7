// The one instance of the core that a page has, loaded when it is first needed.

/** @typedef {typeof import("./pkg/adam_scope.js")} Core */

let find = async () => {
  const core = /** @type {Core} */ (await import("./pkg/adam_scope.js"));
  await core.default();
  return core;
};

/** @type {Promise<Core> | undefined} */
let loading;

/**
 * Names a core that can do more, for a page that needs it: before anything is loaded.
 * @param {() => Promise<Core>} larger loads it and makes it ready
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

async function load() {
  if (typeof WebAssembly !== "object") throw new Error("this browser cannot run WebAssembly");
  return find();
}
