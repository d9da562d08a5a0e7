// The core under Node.js, which has no fetch for files.
import { readFile } from "node:fs/promises";
import * as scripts from "./core.js";
import { fetchPartsWith } from "./explorer-core.js";

fetchPartsWith(async (address) => WebAssembly.compile(await readFile(address)));

export * from "./core.js";
export default scripts;
