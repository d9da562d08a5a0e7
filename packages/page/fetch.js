// The cores from the page itself, where they are packed; the one that writes figures as text is read when it is asked for.
import explorer from "./pkg/explorer_bg.wasm.gz";
import { compile } from "./compile.js";
import { unpacked } from "./unpack.js";

const picture = async () => (await import("./pkg/picture_bg.wasm.gz")).default;

/** @param {URL} address */
export const fetchModule = ({ pathname }) =>
  compile(async () => WebAssembly.compileStreaming(unpacked(pathname.endsWith("/picture_bg.wasm") ? await picture() : explorer)));
