// The cores from the page itself, where they are packed; the one that writes figures as text is read when it is asked for.
import first from "./pkg/explorer_bg.wasm.gz";
import rest from "./pkg/explorer_rest.wasm.gz";
import { compile } from "./compile.js";
import { unpacked } from "./unpack.js";

const picture = async () => (await import("./pkg/picture_bg.wasm.gz")).default;

/** @param {string} name */
async function packed(name) {
  if (name.endsWith("/picture_bg.wasm")) return picture();
  return name.endsWith("/explorer_rest.wasm") ? rest : first;
}

/** @param {URL} address */
export const fetchModule = ({ pathname }) => compile(async () => WebAssembly.compileStreaming(unpacked(await packed(pathname))));
