// The core from the script itself.
import bytes from "./pkg/adam_scope_bg.wasm";
import { compile } from "./compile.js";

export const fetchModule = () => compile(() => WebAssembly.compile(bytes));
