// The core without a page: for scripts, notebooks and other people's charts. What is asked is a query as in the address;
// what is wrong with one is thrown as an Error with the core's message.
import { explorerCore } from "./explorer-core.js";
import { runFacts } from "./runs.js";

/** @typedef {import("./runs.js").RunFacts & { losses: Float64Array, rates: Float64Array }} Traced */

/** @type {import("./explorer-core.js").ExplorerCore | undefined} */
let ready;

/** Loads the core; everything else needs it. */
export async function init() {
  ready = await explorerCore();
}

function core() {
  if (!ready) throw new Error("await init() first");
  return ready;
}

/**
 * The runs of a query, step by step: path has x0, y0, x1, y1, ...; losses has a number a step; rates one fewer, since no
 * update led to the start.
 * @param {string} query
 * @returns {Traced[]}
 */
export function trace(query) {
  const { Figure } = core();
  const figure = new Figure();
  try {
    figure.replace(query);
    figure.settle();
    return runFacts(figure).map((facts, run) => ({ ...facts, losses: figure.losses(run), rates: figure.rates(run) }));
  } finally {
    figure.free();
  }
}
