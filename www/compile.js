// Compiles the core, or says in plain words why that cannot be done.

/** A module whose one function makes a vector of eight-bit lanes: not valid where there are no such vectors. */
const LANES = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11];

/**
 * @param {() => Promise<WebAssembly.Module>} get fetches it, too, where need be
 */
export async function compile(get) {
  if (typeof WebAssembly !== "object") throw new Error("this browser cannot run WebAssembly");
  if (!WebAssembly.validate(new Uint8Array(LANES))) throw new Error("this browser's WebAssembly has no vectors (SIMD), which the core needs");
  try {
    return await get();
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    if (/CSP|Security Policy|unsafe-eval/i.test(message)) throw new Error("this page's Content-Security-Policy forbids WebAssembly: its script-src lacks 'wasm-unsafe-eval'");
    if (error instanceof WebAssembly.CompileError) throw new Error(`the core arrived damaged: ${message}`);
    // The network, or a host that allows other pages nothing.
    throw error instanceof TypeError ? new Error(`the core could not be fetched: ${message}`) : error;
  }
}
