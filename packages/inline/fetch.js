// The core from the script itself, where it is packed.
import bytes from "./pkg/picture_bg.wasm.gz";
import { compile } from "./compile.js";
import { unpacked } from "./unpack.js";

export const fetchModule = () => compile(() => WebAssembly.compileStreaming(unpacked(bytes)));
