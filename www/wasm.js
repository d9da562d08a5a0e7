// The one instance of the core that a page has, loaded when it is first needed.

import { fetchModule } from "./fetch.js";

/** @typedef {typeof import("./pkg/adam_scope.js")} Core */

let find = async () => {
  const [core, module] = await Promise.all([import("./pkg/adam_scope.js"), fetchModule(new URL("./pkg/adam_scope_bg.wasm", import.meta.url))]);
  await core.default({ module_or_path: module });
  return /** @type {Core} */ (core);
};

/** @type {Promise<Core> | undefined} */
let loading;

/**
 * Names a core that is found elsewhere, or can do more, for a page that needs it: before anything is loaded.
 * @param {() => Promise<Core>} other loads it and makes it ready
 */
export function findCore(other) {
  find = other;
}

/**
 * The core, ready to be called. A failed load is tried again by the next caller.
 * @returns {Promise<Core>}
 */
export function loadCore() {
  loading ??= find().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
