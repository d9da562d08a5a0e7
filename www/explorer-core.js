// The core with all that the page shows: larger than the one that an embedded element loads, and in its place.
import { findCore, loadCore } from "./wasm.js";

/** @typedef {typeof import("./pkg/explorer.js")} ExplorerCore */

findCore(() => /** @type {Promise<any>} */ (import("./pkg/explorer.js")));

export const explorerCore = /** @type {Promise<ExplorerCore>} */ (/** @type {Promise<unknown>} */ (loadCore()));
