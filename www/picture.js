// The core that writes figures as text: larger than the one that shows them, and loaded for who asks.
import { fetchModule } from "./fetch.js";

/** @typedef {typeof import("./pkg/picture.js")} PictureCore */

/** @type {Promise<PictureCore> | undefined} */
let loading;

async function load() {
  const [core, module] = await Promise.all([import("./pkg/picture.js"), fetchModule(new URL("./pkg/picture_bg.wasm", import.meta.url))]);
  await core.default({ module_or_path: module });
  return core;
}

/** That core, ready to be called. A failed load is tried again by the next caller. */
export function loadPicture() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
