// Many runs on other threads: a pool of workers that share one compiled module, or pieces of work between two frames
// where workers cannot start.
import { startWorker } from "./start-worker.js";

/** A piece of work: a function of the core by its name, with its arguments. @typedef {{ call: string, words: any[] }} Piece */
/** @typedef {{ piece: Piece, tries: number, order: Order }} Job */

/** How long the page itself may compute between two frames, in milliseconds. */
const SLICE = 8;

/** What one worker that is gone leaves undone is tried on this many more, and after that by the page itself. */
const TRIES = 1;

/** One request: its pieces come back in any order, until it is cancelled or all are there. */
class Order {
  cancelled = false;
  #left;
  #settle = { resolve: () => {}, reject: (/** @type {Error} */ _) => {} };
  done;

  /**
   * @param {number} count
   * @param {(result: any, index: number) => void} onResult
   */
  constructor(count, onResult) {
    this.#left = count;
    this.onResult = onResult;
    this.done = /** @type {Promise<void>} */ (
      new Promise((resolve, reject) => {
        this.#settle = { resolve, reject };
        if (count === 0) resolve();
      })
    );
    this.done.catch(() => {});
  }

  /**
   * @param {any} result
   * @param {number} index
   */
  take(result, index) {
    if (this.cancelled) return;
    this.onResult(result, index);
    this.#left -= 1;
    if (this.#left === 0) this.#settle.resolve();
  }

  /** @param {string} message */
  fail(message) {
    if (this.cancelled) return;
    this.cancelled = true;
    this.#settle.reject(new Error(message));
  }

  /** Nothing more comes of it; its pieces that have not begun never do. */
  cancel() {
    this.cancelled = true;
    this.#settle.resolve();
  }
}

export class Pool {
  #core;
  #modules;
  #size;
  #onFault;
  /** @type {Hand[]} */
  #hands = [];
  /** @type {WebAssembly.Module[] | undefined} */
  #parts;
  #starting = false;
  /** @type {(Job & { index: number })[]} */
  #waiting = [];
  #slice = 0;

  /**
   * @param {import("./explorer-core.js").ExplorerCore} core for what no worker can do
   * @param {() => Promise<WebAssembly.Module[]>} modules loads all of the core, for this thread too
   * @param {(message: string) => void} onFault told when a worker was lost, or none can be had
   * @param {number} [size] how many workers
   */
  constructor(core, modules, onFault, size = Math.max(1, (navigator.hardwareConcurrency || 2) - 1)) {
    this.#core = core;
    this.#modules = modules;
    this.#onFault = onFault;
    this.#size = size;
  }

  /** How many workers there are; 0 where the page computes by itself. */
  get size() {
    return this.#hands.length;
  }

  /**
   * Computes pieces, the first ones first.
   * @param {Piece[]} pieces
   * @param {(result: any, index: number) => void} onResult
   */
  order(pieces, onResult) {
    const order = new Order(pieces.length, onResult);
    pieces.forEach((piece, index) => this.#waiting.push({ piece, index, tries: 0, order }));
    if (this.#parts) this.#hand();
    else this.#start();
    return order;
  }

  /** Loads what it needs with the first order; a failed load is tried again with the next one. */
  async #start() {
    if (this.#starting) return;
    this.#starting = true;
    try {
      this.#parts = await this.#modules();
      for (let i = 0; i < this.#size; i++) this.#hire();
      this.#hand();
    } catch (error) {
      for (const { order } of this.#waiting.splice(0)) order.fail(/** @type {Error} */ (error).message);
    }
    this.#starting = false;
  }

  #hire() {
    const hand = Hand.hire(this.#parts ?? [], (job) => this.#lost(hand, job), () => this.#hand());
    if (hand) this.#hands.push(hand);
    return hand;
  }

  /**
   * A worker threw or died: another takes its place, and the piece goes back.
   * @param {Hand | undefined} hand
   * @param {(Job & { index: number }) | undefined} job
   */
  #lost(hand, job) {
    this.#hands = this.#hands.filter((other) => other !== hand);
    const known = hand?.hasWorked;
    if (job) this.#waiting.unshift({ ...job, tries: job.tries + 1 });
    // One that never worked cannot be had here: another would not, either.
    if (known) this.#hire();
    this.#onFault(known ? "A worker stopped; its part of the map is computed again." : "Workers cannot start here, so the page computes maps itself.");
    this.#hand();
  }

  /** Gives what waits to whoever is free. */
  #hand() {
    this.#waiting = this.#waiting.filter(({ order }) => !order.cancelled);
    for (const hand of this.#hands) {
      if (hand.busy) continue;
      const next = this.#waiting.findIndex(({ tries }) => tries <= TRIES);
      if (next < 0) break;
      hand.work(this.#waiting.splice(next, 1)[0]);
    }
    const own = this.#hands.length === 0 || this.#waiting.some(({ tries }) => tries > TRIES);
    if (own && this.#waiting.length > 0) this.#slice ||= window.setTimeout(() => this.#computeHere());
  }

  /** Computes on this thread, a few milliseconds at a time. */
  #computeHere() {
    this.#slice = 0;
    const end = performance.now() + SLICE / 2;
    const functions = /** @type {Record<string, (...words: any[]) => any>} */ (/** @type {unknown} */ (this.#core));
    do {
      const next = this.#waiting.findIndex(({ tries }) => this.#hands.length === 0 || tries > TRIES);
      if (next < 0) return;
      const [{ piece, index, order }] = this.#waiting.splice(next, 1);
      if (order.cancelled) continue;
      try {
        order.take(functions[piece.call](...piece.words), index);
      } catch (error) {
        order.fail(error instanceof Error ? error.message : String(error));
      }
    } while (performance.now() < end);
    this.#hand();
  }

  free() {
    for (const hand of this.#hands) hand.dismiss();
    this.#hands = [];
  }
}

/** One worker. */
class Hand {
  hasWorked = false;
  #worker;
  /** @type {(Job & { index: number }) | undefined} */
  #job;
  #serial = 0;
  #onFree;
  #onLost;

  /**
   * A worker with the core, or nothing where the browser allows none.
   * @param {WebAssembly.Module[]} modules
   * @param {(job: (Job & { index: number }) | undefined) => void} onLost
   * @param {() => void} onFree
   */
  static hire(modules, onLost, onFree) {
    try {
      const hand = new Hand(startWorker(), onLost, onFree);
      hand.#worker.postMessage({ modules });
      return hand;
    } catch {
      return undefined;
    }
  }

  /**
   * @param {Worker} worker
   * @param {(job: (Job & { index: number }) | undefined) => void} onLost
   * @param {() => void} onFree
   */
  constructor(worker, onLost, onFree) {
    this.#worker = worker;
    this.#onLost = onLost;
    this.#onFree = onFree;
    worker.addEventListener("message", ({ data }) => this.#answered(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#lose();
    });
    worker.addEventListener("messageerror", () => this.#lose());
  }

  get busy() {
    return this.#job !== undefined;
  }

  /** @param {Job & { index: number }} job */
  work(job) {
    this.#job = job;
    this.#serial += 1;
    this.#worker.postMessage({ id: this.#serial, ...job.piece });
  }

  /** @param {import("./worker.js").Answer} answer */
  #answered({ id, result, message, broken }) {
    const job = this.#job;
    if (!job || id !== this.#serial) return;
    if (broken) {
      this.hasWorked = true;
      this.#lose();
      return;
    }
    this.hasWorked = true;
    this.#job = undefined;
    if (message === undefined) job.order.take(result, job.index);
    else job.order.fail(message);
    this.#onFree();
  }

  #lose() {
    const job = this.#job;
    this.#job = undefined;
    this.dismiss();
    this.#onLost(job);
  }

  dismiss() {
    this.#worker.terminate();
  }
}
