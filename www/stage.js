// The picture of an element: its shadow root, with panels, words, controls and the message of what is wrong.
import { liesOnDark, readColors } from "./colors.js";
import { html } from "./dom.js";
import { sheets } from "./element-style.js";
import { home } from "./home.js";
import { drawKey } from "./key.js";
import { isInWindow, observeSize } from "./observe.js";
import { Panel } from "./panel.js";
import { fit } from "./still.js";
import { bindTransport, transport } from "./transport.js";
import { turn } from "./turns.js";

/** @typedef {import("./pkg/adam_scope.js").Figure} Figure */

/** The children of the shadow root that are there from the beginning. */
function build() {
  const parts = {
    figbar: html("div", "figbar"),
    key: html("div", "key"),
    panels: html("ol", "panels"),
    extent: html("p", "extent"),
    line: html("p", "caption"),
    link: html("a", "", ["Open in Adam Scope"]),
    foot: html("div", "foot"),
    message: html("p", "message"),
    probe: html("span", "probe"),
    stage: html("div", "stage"),
    still: html("div", "still", [html("slot")]),
  };
  const { figbar, key, panels, extent, line, link, foot, message, probe, stage } = parts;
  const bar = html("slot");
  bar.name = "bar";
  const beside = html("slot");
  beside.name = "beside";
  figbar.append(bar, html("p", "hint", ["Drag the open circle to move the start of every panel."]), key);
  foot.append(line, link);
  stage.append(figbar, html("div", "plates", [panels, beside]), extent, foot, probe);
  const names = { figure: stage, panels, caption: line, link, error: message };
  for (const [name, part] of Object.entries(names)) part.setAttribute("part", name);
  // Out of a frame, as nothing but a frame of its own has room for the page.
  if (window.top !== window) link.target = "_blank";
  message.setAttribute("role", "alert");
  stage.hidden = true;
  message.hidden = true;
  return parts;
}

export class Stage {
  #scope;
  #onFailure;
  #parts = build();
  /** @type {Panel[]} */
  #panels = [];
  /** The theme in force: light, dark or projector. */
  theme = "light";
  /** What the colours were read as. */
  #looked = "";
  /** The map and theme that the key was drawn for. */
  #keyed = "";
  /** Whether all runs share the first panel's plot. */
  #overlay = false;
  /** The controls below the figure, made when they are first asked for. @type {HTMLElement | undefined} */
  #transport;
  /** Whether the visitor has seen a step besides the first; verdicts are told only then. */
  played = false;

  /**
   * @param {import("./element.js").AdamScope} scope the element whose figure is shown
   * @param {(error: unknown) => void} onFailure called when nothing can be drawn any more
   */
  constructor(scope, onFailure) {
    this.#scope = scope;
    this.#onFailure = onFailure;
    const { still, stage, message, link, probe } = this.#parts;
    for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, () => this.#point());
    // The colours of the page changed.
    probe.addEventListener("transitionend", () => this.restyle());
    const root = scope.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = sheets().ours;
    root.append(html("div", "both", [still, stage]), message);
    observeSize(scope, () => this.fit());
  }

  /** The canvases of the plots that are shown: surface and path. @returns {HTMLCanvasElement[][]} */
  get plotCanvases() {
    return this.#panels.filter(({ placed }) => placed).map((panel) => panel.canvases);
  }

  /** The boxes of the plots in the window, one a run. */
  get plotBoxes() {
    return this.#panels.map((panel) => panel.plotBox.getBoundingClientRect());
  }

  /** Draws every plot for so many device pixels in one of the page's; without a number, as they were. @param {number} [dpr] */
  drawAt(dpr) {
    for (const panel of this.#panels) panel.drawAt(dpr);
  }

  // ---- what is there

  /** Says what is wrong. @param {string} message */
  complain(message) {
    this.#parts.message.textContent = message;
    this.#parts.message.hidden = this.#scope.hasAttribute("editable");
  }

  /**
   * Takes the place of the still picture, and of a message, with a panel a run.
   * @param {import("./wasm.js").Core} core
   * @param {number} count of runs
   * @returns {boolean} whether the still picture was shown until now
   */
  open(core, count) {
    const { message, stage, panels } = this.#parts;
    const wasStill = Boolean(stage.hidden);
    message.hidden = true;
    stage.hidden = false;
    while (this.#panels.length > count) this.#panels.pop()?.free();
    while (this.#panels.length < count) {
      const panel = new Panel(core, this.#panels.length, this.#owner);
      this.#panels.push(panel);
      panels.append(panel.root);
    }
    return wasStill;
  }

  /** @type {import("./panel.js").Owner} */
  #owner = {
    moveStart: (panel, left, top) => {
      this.#drag = { panel, left, top };
      this.#frame ||= requestAnimationFrame(() => this.#flush());
    },
    nudgeStart: (right, up) => void this.#scope.change("start", this.#scope.figure?.nudged(right, up) ?? ""),
    settle: () => this.#flush(),
    writeRate: (run, words) => {
      const message = this.#scope.edit((figure) => figure.writeRate(run, words));
      if (message) this.#panels[run]?.rate.setAttribute("aria-invalid", "true");
    },
    removeRate: (run) => void this.#scope.edit((figure) => figure.removeRate(run)),
    resized: (panel) => {
      this.#parts.stage.classList.toggle("bare", this.#panels.some(({ labelled }) => !labelled));
      if (isInWindow(panel.plotBox)) this.#paint(panel);
      else {
        this.#late.add(panel);
        this.catchUp();
      }
    },
    draw: (panel) => this.#paint(panel),
  };

  /** Panels that nobody sees and that are to be drawn. @type {Set<Panel>} */
  #late = new Set();
  #isCatchingUp = false;
  /** Whether the element is near the window. */
  isNear = false;

  /** Draws what nobody sees yet, a panel a turn, while the element is near. */
  async catchUp() {
    if (this.#isCatchingUp) return;
    this.#isCatchingUp = true;
    for (const panel of this.#late) {
      if (!(await turn(() => this.isNear))) break;
      if (this.#panels.includes(panel)) this.#paint(panel);
    }
    this.#isCatchingUp = false;
  }

  #frame = 0;
  /** The last place to which the start was dragged, until the next frame. @type {{ panel: Panel, left: number, top: number } | undefined} */
  #drag;

  #flush() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const [drag, { figure }] = [this.#drag, this.#scope];
    this.#drag = undefined;
    if (drag && figure) this.#scope.change("start", figure.pointAt(drag.panel.plot, drag.left, drag.top));
  }

  // ---- how it looks

  /**
   * Finds out in which colours the figure is drawn.
   * @param {Figure} figure
   * @returns {boolean} whether they are others than before
   */
  look(figure) {
    const scope = this.#scope;
    const { theme, dyes } = readColors(this.#parts.probe, scope.getAttribute("theme"));
    const framed = !scope.hasAttribute("editable") && liesOnDark(scope) !== (theme === "dark");
    const looked = `${theme} ${framed} ${dyes}`;
    if (looked === this.#looked) return false;
    this.#looked = looked;
    this.theme = theme;
    this.#parts.stage.classList.toggle("framed", framed);
    if (scope.shadowRoot) scope.shadowRoot.adoptedStyleSheets = dyes[3] || dyes[7] ? sheets().dyed : sheets().ours;
    figure.dye(theme, new Uint8Array(dyes));
    return true;
  }

  restyle() {
    const { figure } = this.#scope;
    if (!figure || !this.look(figure)) return;
    this.draw();
    this.#scope.dispatchEvent(new CustomEvent("adam-scope-restyle"));
  }

  /** Leaves the height of the still picture as it is, where the figure is about as high. */
  fit() {
    const { still, stage } = this.#parts;
    if (!this.#scope.figure || stage.hidden) return;
    still.classList.add("under");
    still.hidden = this.#scope.hasAttribute("editable");
    if (!still.hidden) fit(still, stage, this.#panels.map(({ plotBox }) => plotBox));
  }

  // ---- what it shows

  /** Brings the link to the page up to date, when somebody is about to follow it. */
  #point() {
    const { link } = this.#parts;
    const { figure, currentStep } = this.#scope;
    const page = this.#scope.getAttribute("explorer") ?? home;
    link.hidden = page === "";
    if (figure && page !== "") link.href = `${page}#${figure.address(currentStep)}`;
  }

  /** Draws everything: after a change of config, theme or size. */
  draw() {
    const { figure, currentStep } = this.#scope;
    if (!figure) return;
    const editable = this.#scope.hasAttribute("editable");
    const { figbar, key, extent, foot, line, stage } = this.#parts;
    figbar.hidden = !editable;
    this.#control();
    const [summary, scale, range] = figure.caption();
    const map = `${figure.mapNumber()} ${this.theme}`;
    if (map !== this.#keyed) {
      this.#keyed = map;
      drawKey(key, figure, scale, this.theme);
      extent.textContent = range;
    }
    foot.hidden = editable;
    this.#point();
    line.textContent = `${summary}. Shade is ${scale}.`;
    this.#overlay = figure.value("view") === "overlay";
    stage.classList.toggle("overlay", this.#overlay);
    for (const panel of this.#panels) {
      panel.describe(figure, editable);
      panel.read(figure, currentStep);
    }
    if (this.#overlay) this.#panels[0].describeAll(figure);
    else this.#panels[0].forgetAll();
    for (const panel of this.#panels) this.#paint(panel);
  }

  #control() {
    const wanted = this.#scope.hasAttribute("controls");
    if (wanted && !this.#transport) {
      this.#transport = transport();
      this.#parts.foot.before(this.#transport);
      bindTransport(this.#transport, this.#scope);
    }
    if (this.#transport) this.#transport.hidden = !wanted;
  }

  /** @param {Panel} panel */
  #paint(panel) {
    this.#late.delete(panel);
    const { figure, currentStep } = this.#scope;
    if (!figure) return;
    try {
      if (!this.#overlay) panel.paint(figure, currentStep, this.theme);
      else if (panel === this.#panels[0]) panel.paintAll(figure, currentStep, this.theme);
    } catch (error) {
      this.#withdraw(error);
    }
  }

  /**
   * Gives the place back to the still picture: nothing can be drawn.
   * @param {unknown} error
   */
  #withdraw(error) {
    const { stage, still } = this.#parts;
    if (stage.hidden) return;
    stage.hidden = true;
    still.hidden = false;
    still.classList.remove("under");
    this.#onFailure(error);
  }

  /** Draws what a step changes. @param {Figure} figure */
  step(figure) {
    const { currentStep: step } = this.#scope;
    this.reveal(step);
    this.#panels.forEach((panel, run) => {
      panel.read(figure, step);
      if (panel.placed && !this.#overlay) figure.drawPath(panel.plot, run, step, this.theme);
    });
    if (this.#overlay) this.#panels[0].paintAll(figure, step, this.theme);
  }

  /** @param {number} step */
  reveal(step) {
    if (this.played || step === 0) return;
    this.played = true;
    this.#parts.stage.classList.add("played");
  }

  /** Takes verdicts back. */
  conceal() {
    this.played = false;
    this.#parts.stage.classList.remove("played");
  }

  /** Writes the verdicts. @param {Figure} figure */
  judge(figure) {
    for (const panel of this.#panels) panel.judge(figure);
    // What is said now may take another line.
    this.fit();
  }

  /** Gives the pictures their words: at rest only, since they change with every step. */
  name() {
    const { figure, currentStep } = this.#scope;
    if (figure) for (const panel of this.#panels) panel.name(figure, currentStep, this.played);
  }
}
