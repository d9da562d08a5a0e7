// The core from the page itself.
import bytes from "./pkg/explorer_bg.wasm";
import { compile } from "./compile.js";

export const fetchModule = () => compile(() => WebAssembly.compile(bytes));
