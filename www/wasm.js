// The one instance of the core that a page has, loaded when it is first needed.

/** @typedef {typeof import("./pkg/adam_scope.js")} Core */

/** A module whose one function makes a vector of eight-bit lanes: not valid where there are no such vectors. */
const LANES = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11];

let find = async () => {
  const [core, module] = await Promise.all([import("./pkg/adam_scope.js"), fetchModule(new URL("./pkg/adam_scope_bg.wasm", import.meta.url))]);
  await core.default({ module_or_path: module });
  return /** @type {Core} */ (core);
};

/** @type {Promise<Core> | undefined} */
let loading;

/**
 * Names a core that is found elsewhere, or can do more, for a page that needs it: before anything is loaded.
 * @param {() => Promise<Core>} other loads it and makes it ready
 */
export function findCore(other) {
  find = other;
}

/**
 * The core, ready to be called. A failed load is tried again by the next caller.
 * @returns {Promise<Core>}
 */
export function loadCore() {
  loading ??= find().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

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

/**
 * Compiles the core, or says in plain words why that cannot be done.
 * @param {() => Promise<WebAssembly.Module>} get
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
