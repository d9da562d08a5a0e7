// The core from the page itself.
import first from "./pkg/explorer_bg.wasm";
import rest from "./pkg/explorer_rest.wasm";
import { compile } from "./compile.js";

/** @param {URL} address */
export const fetchModule = (address) => compile(() => WebAssembly.compile(address.pathname.endsWith("_rest.wasm") ? rest : first));
