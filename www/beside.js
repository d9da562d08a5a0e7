// What stands beside the panels: the map that the visitor put there, or where one or two runs leave room, the first charts.

/** From this width on, in CSS pixels, there is room beside the panels; a projector's larger text needs more. */
const ROOM = 1000;
const PROJECTOR_ROOM = 1200;

/** No more runs than these leave any. */
const FEW = 2;

/** @typedef {{ root: HTMLElement, home: HTMLElement, wanted: () => boolean }} Guest */

/** Who stands beside the panels, and who at home. Says `adam-scope-view` when somebody moved. */
export class Beside {
  #scope;
  /** That of the figure, in CSS pixels: asked for at a change, it would take a layout. */
  #width;
  /** In the order in which they stand. @type {Guest[]} */
  #guests = [];
  /** The map that the visitor put there. @type {HTMLElement | undefined} */
  #pinned;

  /** @param {import("./element.js").AdamScope} scope */
  constructor(scope) {
    this.#scope = scope;
    this.#width = scope.clientWidth;
    for (const event of ["adam-scope-change", "adam-scope-restyle"]) scope.addEventListener(event, () => this.place());
    new ResizeObserver((entries) => {
      this.#width = entries[entries.length - 1].contentRect.width;
      this.place();
    }).observe(scope);
  }

  get #overlay() {
    return this.#scope.figure?.value("view") === "overlay";
  }

  get #roomy() {
    const room = this.#scope.themeInForce === "projector" ? PROJECTOR_ROOM : ROOM;
    return !this.#overlay && this.#width >= room;
  }

  get #few() {
    return this.#roomy && !this.#pinned && (this.#scope.figure?.runs() ?? Infinity) <= FEW;
  }

  /** Whether there is a place for charts. */
  get hasRoom() {
    return this.#overlay || this.#few;
  }

  /**
   * @param {HTMLElement} root
   * @param {HTMLElement} home
   */
  addMap(root, home) {
    this.#guests.push({ root, home, wanted: () => this.#pinned === root });
  }

  /**
   * @param {HTMLElement} root
   * @param {HTMLElement} home
   * @param {boolean} inOverlay whether it also stands beside the plot that shows all runs
   */
  addChart(root, home, inOverlay) {
    this.#guests.push({ root, home, wanted: () => (this.#overlay ? inOverlay : this.#few) });
  }

  /** @param {HTMLElement | undefined} map which takes the place of all else; none gives it back */
  pin(map) {
    this.#pinned = map;
    this.place();
  }

  place() {
    const scope = this.#scope;
    const moved = this.#guests.filter(({ root, wanted }) => wanted() !== isBeside(root));
    for (const { root } of moved) root.slot = isBeside(root) ? "" : "beside";
    for (const home of new Set(moved.map((guest) => guest.home))) {
      const family = this.#guests.filter((guest) => guest.home === home).map(({ root }) => root);
      scope.append(...family.filter((root) => isBeside(root)));
      home.prepend(...family.filter((root) => !isBeside(root)));
    }
    // The place is kept also for charts that are still on their way.
    const kind = !this.#roomy ? "" : this.#pinned ? "map" : this.#few ? "charts" : "";
    if (kind === "") delete scope.dataset.beside;
    else scope.dataset.beside = kind;
    if (moved.length > 0) scope.dispatchEvent(new CustomEvent("adam-scope-view"));
  }
}

/** @param {HTMLElement} root */
export function isBeside(root) {
  return root.slot === "beside";
}
