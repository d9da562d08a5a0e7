// The core without a page: for scripts, notebooks and other people's charts. What is asked is a query as in the address;
// what is wrong with one is thrown as an Error with the core's message.
import { wholeCore } from "./explorer-core.js";
import { runFacts } from "./runs.js";

/** @typedef {import("./runs.js").RunFacts & { losses: Float64Array, rates: Float64Array }} Traced */

/** @type {import("./explorer-core.js").ExplorerCore | undefined} */
let ready;

/** Loads the core; everything else needs it. */
export async function init() {
  ready = await wholeCore();
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

/**
 * The losses after the last step at these rates, for one optimizer under one schedule; `lr` in the query is ignored. Infinite
 * where a run stopped before, as a step was not finite. At once, on this thread: some ten thousand steps a millisecond.
 * @param {string} query
 * @param {ArrayLike<number>} lrs positive numbers
 * @returns {Float64Array}
 */
export function sweep(query, lrs) {
  return core().sweep(query, Float64Array.from(lrs));
}

/**
 * Where every start of the plot ends, under the first run of the query: for each cell of a map, row by row from the top, the
 * number of the known minimum in which the run comes to rest (-1 nowhere, -2 elsewhere), since which step (-1 where it does
 * not) and its loss after the last step.
 * @param {string} query
 * @param {number} width columns, 1 to 512
 * @param {number} height rows, 1 to 512
 * @returns {{ minimum: Int32Array, since: Int32Array, loss: Float64Array }}
 */
export function basin(query, width, height) {
  const cells = core().basinTile(query, 0, new Uint32Array([width, height]), new Uint32Array([0, width, 1, 0, height, 1]));
  const each = cells.length / 3;
  return {
    minimum: Int32Array.from(cells.subarray(0, each)),
    since: Int32Array.from(cells.subarray(each, 2 * each)),
    loss: cells.slice(2 * each),
  };
}
