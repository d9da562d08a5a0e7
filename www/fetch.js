// Gets a core from where it lies beside these modules; a package that holds all in one file has another way.
import { compile } from "./compile.js";

/**
 * @param {URL} address
 * @returns {Promise<WebAssembly.Module>}
 */
export async function fetchModule(address) {
  return compile(async () => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`the core could not be fetched: ${address.href} answers ${answer.status}`);
    // Compiled while it comes in, unless the host gives it another type.
    if (answer.headers.get("content-type") === "application/wasm") return WebAssembly.compileStreaming(answer);
    return WebAssembly.compile(await answer.arrayBuffer());
  });
}
