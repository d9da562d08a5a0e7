// The core under Node.js, which has no fetch for files.
import { readFile } from "node:fs/promises";
import * as core from "./pkg/explorer.js";
import * as scripts from "./core.js";
import { findCore } from "./wasm.js";

findCore(async () => {
  await core.default({ module_or_path: await readFile(new URL("./pkg/explorer_bg.wasm", import.meta.url)) });
  return core;
});

export * from "./core.js";
export default scripts;
