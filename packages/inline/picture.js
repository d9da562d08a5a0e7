// The core that shows figures is the one that writes them.
export { loadCore as loadPicture } from "./wasm.js";
