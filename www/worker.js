// One hand of the pool: calls functions of the core on another thread. Its modules come compiled, once.
import * as core from "./pkg/explorer.js";

/** @typedef {{ id: number, call: string, words: any[] }} Task */
/** @typedef {{ id: number, result?: any, message?: string, broken?: boolean }} Answer */

const functions = /** @type {Record<string, (...words: any[]) => any>} */ (/** @type {unknown} */ (core));

addEventListener("message", ({ data }) => {
  if (data.modules) {
    const [module, rest] = data.modules;
    const first = /** @type {any} */ (core.initSync({ module }));
    new WebAssembly.Instance(rest, { first });
    return;
  }
  const { id, call, words } = /** @type {Task} */ (data);
  /** @type {Answer} */
  let answer;
  try {
    answer = { id, result: functions[call](...words) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // An instance that trapped is not to be called again.
    answer = { id, message, broken: error instanceof WebAssembly.RuntimeError };
  }
  const parts = Array.isArray(answer.result) ? answer.result : [answer.result];
  const moved = parts.filter((part) => ArrayBuffer.isView(part)).map((part) => part.buffer);
  postMessage(answer, { transfer: moved });
});
