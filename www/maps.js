// Maps of thousands of runs: the loss over rate and one more number, and where every start ends.
import { isBeside } from "./beside.js";
import { html, svg } from "./dom.js";
import { MapView } from "./map-view.js";
import { hue, marker } from "./swatch.js";

/** Columns in each decade of rates, and rows, of the grid. */
const A_DECADE = 16;
const ROWS = 64;

/** Columns of the map of starts while something moves, and at rest. */
const LIVE = 128;
const FINE = 384;

/** How long everything has to rest before the fine map is computed, in milliseconds. */
const REST = 500;

/** A map of more steps than this is computed at rest only: it would be old before it is done. */
const LIVE_STEPS = 20_000_000;

/** What the regions of the map of starts are numbered by: known minima from 0, other resting places, none. */
const ELSEWHERE = 100;
const NOWHERE = 255;

/**
 * @param {import("./explorer-core.js").ExplorerCore} core
 * @param {import("./element.js").AdamScope} scope
 * @param {HTMLElement} section
 * @param {import("./pool.js").Pool} pool
 * @param {import("./beside.js").Beside} beside
 */
export function buildMaps(core, scope, section, pool, beside) {
  const grid = new MapView(core, scope, pool, "Loss by rate and one more number");
  const basin = new MapView(core, scope, pool, "Where each start ends");
  const axisPick = html("select");
  axisPick.setAttribute("aria-label", "What the rows vary");
  const runPick = html("select");
  runPick.setAttribute("aria-label", "Run of the map of starts");
  const [gridFrom, gridTo, gridName] = [html("span", "end low"), html("span", "end high"), html("span", "lr-labels")];
  grid.head.append(html("h2", "", ["Loss over rate and ", axisPick]), pinButton(grid));
  basin.head.append(html("h2", "", ["Where each start ends, at ", runPick]), pinButton(basin));
  grid.box.append(gridTo, gridFrom);
  grid.root.insertBefore(gridName, grid.box.nextSibling);
  section.append(grid.root, basin.root);
  for (const { root } of [grid, basin]) beside.addMap(root, section);

  let visible = false;
  let timer = 0;
  let known = "";

  /** A button that puts a map beside the panels, and back. @param {MapView} view */
  function pinButton(view) {
    const button = html("button", "link pin", ["Show beside the panels"]);
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      beside.pin(isBeside(view.root) ? undefined : view.root);
      for (const { root } of [grid, basin]) {
        const toggle = root.querySelector("figcaption button");
        toggle?.setAttribute("aria-pressed", String(isBeside(root)));
        if (toggle) toggle.textContent = isBeside(root) ? "Back to its place" : "Show beside the panels";
      }
      button.focus({ preventScroll: true });
      update();
    });
    return button;
  }

  new IntersectionObserver(
    (entries) => {
      visible = entries[entries.length - 1].isIntersecting;
      if (visible) update();
    },
    { rootMargin: "200px" },
  ).observe(section);
  scope.addEventListener("adam-scope-change", update);
  scope.addEventListener("adam-scope-restyle", () => {
    grid.paint();
    basin.paint();
  });
  axisPick.addEventListener("change", () => draw(false));
  runPick.addEventListener("change", () => draw(false));

  function update() {
    const pinned = isBeside(grid.root) || isBeside(basin.root);
    if (!scope.figure || scope.config === known) return;
    // What waits to be drawn is of a config that is no more, and may vary what the new one does not have.
    clearTimeout(timer);
    known = visible || pinned ? scope.config : "";
    if (known === "") return;
    offer();
    timer = window.setTimeout(() => draw(true), REST);
    draw(false);
  }

  /** The axes and runs that there are to choose from. */
  function offer() {
    const figure = scope.figure;
    if (!figure) return;
    const axes = core.gridAxes(scope.config, 0);
    fill(axisPick, axes, axes.map((axis) => core.axisWords(scope.config, 0, axis)[0]), "beta2");
    const runs = Array.from({ length: figure.runs() }, (_, run) => String(run));
    fill(runPick, runs, runs.map((run) => figure.words(Number(run))[0]), "");
    // The run that is about right, where there is one, has most to show.
    if (!runPick.dataset.chosen) {
      const right = runs.findIndex((_, run) => figure.judgement(run)[1] === "about right");
      runPick.value = String(Math.max(right, 0));
    }
  }
  runPick.addEventListener("change", () => (runPick.dataset.chosen = "yes"));
  offer();

  /**
   * @param {HTMLSelectElement} select
   * @param {string[]} values
   * @param {string[]} titles
   * @param {string} usual
   */
  function fill(select, values, titles, usual) {
    const before = select.value;
    select.replaceChildren(...values.map((value, i) => new Option(titles[i], value)));
    select.value = values.includes(before) ? before : values.includes(usual) ? usual : values[0];
  }

  /** @param {boolean} atRest */
  function draw(atRest) {
    const figure = scope.figure;
    if (!figure || axisPick.value === "") return;
    const config = scope.config;
    drawGrid(config);
    drawBasin(config, atRest);
  }

  /** @param {string} config */
  function drawGrid(config) {
    const rates = core.Rates.of(config);
    const axis = axisPick.value;
    const [title, from, to] = core.axisWords(config, 0, axis);
    const ends = [`1e${rates.low}`, `1e${rates.high}`, from, to];
    /** @type {[number, number]} */
    const size = [(rates.high - rates.low) * A_DECADE, ROWS];
    const numbers = core.gridValues(config, 0, axis, ends, new Uint32Array(size));
    [gridFrom.textContent, gridTo.textContent] = [`${title} ${from}`, `${title} ${to}`];
    gridName.replaceChildren(...rates.labels().map((label) => html("span", "", [label])));
    const [lowest, most] = [core.lowestLoss(config), core.highestLoss(config)];
    grid.show(
      {
        call: "gridTile",
        words: (size) => [config, 0, axis, ends, new Uint32Array(size)],
        lists: 2,
        picture: ([last]) => ({ values: last, regions: new Uint8Array(), lowest, most }),
        cell: (size, cell) => {
          const of = core.gridCell(config, 0, axis, ends, new Uint32Array(size), new Uint32Array(cell));
          const [rate, , loss, best, message] = core.cellWords(of);
          const value = core.shortNumber(numbers[size[0] + cell[1]]);
          return { config: of, words: `lr ${rate}, ${title} ${value}: loss ${loss}, at best ${best}. ${message}` };
        },
        open: (of) => openRun(of),
        scale: `loss after ${core.whole(scope.steps)} steps`,
        gap: "Hatched: the run overflowed, so there is no loss.",
      },
      size,
    );
    // The grid is of the first run's optimizer: the rates of others are not on it.
    const [exponents, runs] = [rates.exponents(), rates.runs()];
    const place = (/** @type {number} */ rate) => (exponents[rate] - rates.low) / (rates.high - rates.low);
    mark(grid, Array.from(rates.ofFirst(), (rate) => [place(rate), 1, runs[rate]]));
    rates.free();
  }

  /**
   * @param {string} config
   * @param {boolean} atRest
   */
  function drawBasin(config, atRest) {
    const run = Number(runPick.value);
    const aspect = basin.box.clientHeight / Math.max(basin.box.clientWidth, 1) || 0.75;
    const live = LIVE * LIVE * aspect * scope.steps <= LIVE_STEPS;
    const columns = atRest ? FINE : LIVE;
    if (!atRest && !live) return;
    if (atRest && columns * columns * aspect * scope.steps > 10 * LIVE_STEPS && live) return;
    /** @type {[number, number]} */
    const size = [columns, Math.max(2, Math.round(columns * aspect))];
    basin.show(
      {
        call: "basinTile",
        words: (size) => [config, run, new Uint32Array(size)],
        lists: 3,
        picture: ([which, since]) => ({
          values: since.map((steps, i) => (which[i] === -1 ? NaN : steps)),
          regions: Uint8Array.from(which, (place) => (place === -1 ? NOWHERE : place === -2 ? ELSEWHERE : place)),
          lowest: 0,
          most: Infinity,
        }),
        cell: (size, cell) => {
          const of = core.basinCell(config, run, new Uint32Array(size), new Uint32Array(cell));
          const [, start, loss, , message] = core.cellWords(of);
          return { config: of, words: `From ${start}: loss ${loss}. ${message}` };
        },
        open: (of) => {
          const start = /(?:^|&)start=([^&]*)/.exec(of);
          if (start) scope.change("start", start[1]);
        },
        scale: "steps until it rests",
        gap: "Hatched: it does not come to rest within these steps.",
      },
      size,
    );
    const minima = core.minimaPlaces(config);
    crosses(basin, minima);
  }

  /** Opens a run as a panel beside the others. @param {string} of */
  function openRun(of) {
    const before = core.Rates.of(scope.config);
    const own = core.Rates.of(of);
    const [rate] = own.words();
    const words = before.words();
    const known = Array.from(before.ofFirst(), (position) => words[position]);
    const rates = known.filter((word) => word !== rate);
    const others = before.full && rates.length === known.length ? rates.slice(0, -1) : rates;
    own.free();
    before.free();
    scope.config = of;
    scope.change("lr", [...others, rate].join(","));
  }

  /**
   * The markers of the panels' rates on the lower edge.
   * @param {MapView} view
   * @param {number[][]} places x, y and run of each
   */
  function mark(view, places) {
    view.marks.replaceChildren(
      ...places.map(([x, y, run]) => {
        const place = svg("svg", { x: `${100 * x}%`, y: `${100 * y}%`, overflow: "visible" });
        place.style.setProperty("--run", hue(run));
        place.append(marker(core, run, 0, 0, 6));
        return place;
      }),
    );
  }

  /**
   * @param {MapView} view
   * @param {Float64Array} places
   */
  function crosses(view, places) {
    const marks = [];
    for (let i = 0; i < places.length; i += 2) {
      const place = svg("svg", { x: `${100 * places[i]}%`, y: `${100 * places[i + 1]}%`, overflow: "visible" });
      for (const className of ["cross casing", "cross"]) place.append(svg("path", { d: "M-5 -5L5 5M-5 5L5 -5", class: className }));
      marks.push(place);
    }
    view.marks.replaceChildren(...marks);
  }
}
