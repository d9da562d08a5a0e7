// A map of many runs: cells on a canvas, coarse first, then tile by tile; pointing at a cell tells its numbers, a click opens
// its run.
import { html, svg } from "./dom.js";
import { drawKey } from "./key.js";

/** Every how manyth column and row is computed first. */
const COARSE = 8;

/** Rows of a tile: a worker is done with one before anybody waits. */
const TILE = 8;

/**
 * What a map shows.
 * @typedef {object} Source
 * @property {string} call the function of the core that computes a tile
 * @property {(size: [number, number]) => any[]} words its arguments before the tile
 * @property {number} lists how many lists of cells a tile has, one after the other
 * @property {(lists: Float64Array[]) => { values: Float64Array, regions: Uint8Array, lowest: number | undefined }} picture
 * @property {(size: [number, number], cell: [number, number]) => { config: string, words: string }} cell
 * @property {(config: string) => void} open
 * @property {string} scale what the key says
 * @property {string} gap what hatching means
 */

export class MapView {
  root = html("figure", "map");
  head = html("figcaption");
  #box = html("div", "map-box");
  #canvas = html("canvas");
  #marks = svg("svg", { "aria-hidden": "true" });
  #key = html("div", "key");
  #gap = html("p", "help gap");
  #status = html("p", "help status");
  #core;
  #scope;
  #pool;
  /** @type {Source | undefined} */
  #source;
  /** @type {[number, number]} */
  #size = [0, 0];
  /** @type {Float64Array[]} */
  #lists = [];
  /** @type {import("./pkg/explorer.js").Heat | undefined} */
  #heat;
  /** @type {ReturnType<import("./pool.js").Pool["order"]> | undefined} */
  #order;
  #frame = 0;
  /** The cell that the keyboard is on. @type {[number, number]} */
  #cell = [0, 0];

  /**
   * @param {import("./explorer-core.js").ExplorerCore} core
   * @param {import("./element.js").AdamScope} scope
   * @param {import("./pool.js").Pool} pool
   * @param {string} name
   */
  constructor(core, scope, pool, name) {
    this.#core = core;
    this.#scope = scope;
    this.#pool = pool;
    this.#canvas.tabIndex = 0;
    this.#canvas.setAttribute("role", "application");
    this.#canvas.setAttribute("aria-roledescription", "map");
    this.#canvas.setAttribute("aria-label", `${name}. Arrow keys move over it, Enter opens a run.`);
    this.#status.setAttribute("aria-live", "polite");
    this.#box.append(this.#canvas, this.#marks);
    this.root.append(this.head, this.#key, this.#box, this.#gap, this.#status);
    this.#box.addEventListener("pointermove", (event) => this.#tell(this.#at(event)));
    this.#box.addEventListener("click", (event) => this.#open(this.#at(event)));
    this.#canvas.addEventListener("keydown", (event) => this.#key_(event));
    new ResizeObserver(() => this.#paintSoon()).observe(this.#box);
  }

  get box() {
    return this.#box;
  }

  /** The marks on the map, as SVG over it; 1 is its width, 1 its height. */
  get marks() {
    return this.#marks;
  }

  /** @param {MouseEvent} event @returns {[number, number]} */
  #at(event) {
    const { left, top, width, height } = this.#box.getBoundingClientRect();
    const [columns, rows] = this.#size;
    const cell = (/** @type {number} */ share, /** @type {number} */ count) => Math.min(Math.max(Math.floor(share * count), 0), count - 1);
    return [cell((event.clientX - left) / width, columns), cell((event.clientY - top) / height, rows)];
  }

  /** @param {[number, number]} cell */
  #tell(cell) {
    this.#cell = cell;
    if (this.#source && this.#size[0] > 0) this.#status.textContent = this.#source.cell(this.#size, cell).words;
  }

  /** @param {[number, number]} cell */
  #open(cell) {
    if (this.#source && this.#size[0] > 0) this.#source.open(this.#source.cell(this.#size, cell).config);
  }

  /** @param {KeyboardEvent} event */
  #key_(event) {
    const [columns, rows] = this.#size;
    const move = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] })[event.key];
    if (event.key === "Enter") this.#open(this.#cell);
    else if (event.key === "Escape") this.#canvas.blur();
    else if (!move) return;
    else {
      const by = event.shiftKey ? 8 : 1;
      const inside = (/** @type {number} */ at, /** @type {number} */ count) => Math.min(Math.max(at, 0), count - 1);
      this.#tell([inside(this.#cell[0] + by * move[0], columns), inside(this.#cell[1] + by * move[1], rows)]);
    }
    event.preventDefault();
  }

  /**
   * Computes a map anew; what was under way is given up.
   * @param {Source} source
   * @param {[number, number]} size columns and rows
   */
  show(source, size) {
    this.#order?.cancel();
    const sameSize = size[0] === this.#size[0] && size[1] === this.#size[1] && source.lists === this.#lists.length;
    this.#source = source;
    this.#size = size;
    // While it is computed, the map before it stays under it.
    if (!sameSize) this.#lists = Array.from({ length: source.lists }, () => new Float64Array(size[0] * size[1]).fill(NaN));
    const [columns, rows] = size;
    /** @type {number[][]} */
    const tiles = [[0, columns, COARSE, 0, rows, COARSE]];
    for (let row = 0; row < rows; row += TILE) tiles.push([0, columns, 1, row, Math.min(row + TILE, rows), 1]);
    const words = source.words(size);
    const pieces = tiles.map((tile) => ({ call: source.call, words: [...words, new Uint32Array(tile)] }));
    this.root.setAttribute("aria-busy", "true");
    const order = this.#pool.order(pieces, (cells, index) => {
      this.#take(cells, tiles[index]);
      this.#paintSoon();
    });
    this.#order = order;
    order.done.then(
      () => !order.cancelled && this.root.removeAttribute("aria-busy"),
      (error) => (this.#status.textContent = error.message),
    );
  }

  /**
   * Puts a tile where it belongs; a coarse one stands for its neighbours too.
   * @param {Float64Array} cells
   * @param {number[]} tile
   */
  #take(cells, [left, right, stride, top, bottom]) {
    const [columns, rows] = this.#size;
    const each = cells.length / this.#lists.length;
    this.#lists.forEach((list, number) => {
      let at = number * each;
      for (let row = top; row < bottom; row += stride) {
        for (let column = left; column < right; column += stride, at++) {
          for (let y = row; y < Math.min(row + stride, rows); y++) {
            list.fill(cells[at], y * columns + column, y * columns + Math.min(column + stride, columns));
          }
        }
      }
    });
  }

  #paintSoon() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.paint();
    });
  }

  paint() {
    const source = this.#source;
    const width = Math.round(this.#box.clientWidth * devicePixelRatio);
    const height = Math.round(this.#box.clientHeight * devicePixelRatio);
    if (!source || width === 0 || height === 0) return;
    const { values, regions, lowest } = source.picture(this.#lists);
    const theme = this.#scope.themeInForce;
    this.#heat?.free();
    this.#heat = this.#core.Heat.of(this.#size[0], values, lowest, regions);
    [this.#canvas.width, this.#canvas.height] = [width, height];
    const pixels = new Uint8ClampedArray(this.#heat.pixels(width, height, devicePixelRatio, theme));
    this.#canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
    drawKey(this.#key, this.#heat, source.scale, theme);
    this.#gap.textContent = this.#heat.hasGaps() ? source.gap : "";
  }
}
