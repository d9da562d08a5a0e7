// The look of <adam-scope>, as a constructable sheet: works under a Content-Security-Policy without inline styles.
import { PROBE } from "./colors.js";

/** Colours, light and dark; the same as in tokens.css and in the core's themes. @type {Record<string, [string, string]>} */
const COLORS = {
  paper: ["#fdfcfa", "#14171b"],
  tint: ["#f2f0eb", "#1f2429"],
  rule: ["#e3e0d9", "#2d333a"],
  edge: ["#80868f", "#727b87"],
  ink: ["#1b1e24", "#edebe6"],
  "ink-2": ["#4b515c", "#b7bcc4"],
  "ink-3": ["#646b77", "#949ba6"],
  alert: ["#a3121f", "#ff9a94"],
  casing: ["#ffffff", "#0b0d10"],
  "run-1": ["#0b479f", "#609cf6"],
  "run-2": ["#147f80", "#83e5dd"],
  "run-3": ["#a85f08", "#f5c32f"],
  "run-4": ["#9c0a38", "#ec6973"],
  "run-5": ["#3c0a63", "#d0a1cd"],
  "run-6": ["#101215", "#f9f8f5"],
  // Not seen: which side is in force.
  scheme: ["rgb(0 0 1)", "rgb(0 0 2)"],
};

/** The projector's colours: the same as in tokens.css and in the core's theme. */
const PROJECTOR = {
  paper: "#ffffff", tint: "#ededed", rule: "#9a9a9a", edge: "#000000", ink: "#000000", "ink-2": "#1d2024", "ink-3": "#2e3238",
  alert: "#8f0010", casing: "#ffffff",
  "run-1": "#17448f", "run-2": "#026c71", "run-3": "#935202", "run-4": "#950136", "run-5": "#3b1963", "run-6": "#000000",
};

/** @param {(pair: [string, string]) => string} value */
const colors = (value) => Object.entries(COLORS).map(([name, pair]) => `--${name}: ${given(name, value(pair))};`).join(" ");

/** Colours that a host page may give, as --adam-scope-ink and so on. */
const GIVEN = /^(ink|paper|run-\d)$/;

/**
 * @param {string} name
 * @param {string} value
 */
const given = (name, value) => (GIVEN.test(name) ? `var(--adam-scope-${name}, ${value})` : value);

const TOKENS = `
  :host { ${colors(([light, dark]) => `light-dark(${light}, ${dark})`)} }
  :host([theme="light"]) { color-scheme: light; }
  :host([theme="dark"]) { color-scheme: dark; }
  @supports not (color: light-dark(#000, #fff)) {
    :host { ${colors(([light]) => light)} }
    @media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { ${colors(([, dark]) => dark)} } }
    :host([theme="dark"]) { ${colors(([, dark]) => dark)} }
  }
  :host([theme="projector"]) { color-scheme: light; ${Object.entries(PROJECTOR).map(([name, value]) => `--${name}: ${value};`).join(" ")} }
`;

// Columns come from how many runs there are and how much room; the height of a plot from the window, so that figure and
// clock share one screen: never taller than wide, never flatter than 8:5. Plots too narrow for ticks are "bare": their range
// is said once, below.
const STYLE = `
  :host {
    --window: var(--adam-scope-window, 100vh);
    --accent: var(--adam-scope-accent, var(--ink));
    --sans: var(--adam-scope-font, -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", Cantarell, "Helvetica Neue", "Liberation Sans", Arial, "DejaVu Sans Condensed", sans-serif);
    --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
    --fs-tick: 11px; --fs-small: 12.5px; --fs-label: 13.5px; --fs-rate: 19px; --target: 32px;
    display: block; position: relative;
  }
  .stage, .message { color: var(--ink); font: 15px/1.5 var(--sans); font-variant-numeric: tabular-nums; text-align: start; }
  :host([hidden]), [hidden] { display: none !important; }
  *, ::before, ::after { box-sizing: border-box; }
  ol, li, p { margin: 0; padding: 0; list-style: none; }
  svg { display: block; overflow: visible; }
  button, input { font: inherit; color: inherit; font-variant-numeric: inherit; margin: 0; }
  button { cursor: pointer; background: none; border: 0; padding: 0; }
  :focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; border-radius: 3px; }
  .line { fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; }
  .probe { position: absolute; inline-size: 0; block-size: 0; ${PROBE} forced-color-adjust: none; }
  .message { margin-block-start: 8px; padding: 4px 12px; border-inline-start: 3px solid var(--alert); background: var(--paper); color: var(--ink); font: 600 var(--fs-label)/1.45 var(--mono); overflow-wrap: anywhere; }

  .both { display: grid; align-items: start; }
  .both > * { grid-area: 1 / 1; min-inline-size: 0; }
  .still.under { visibility: hidden; }
  .stage { container: stage / inline-size; }
  .framed { padding: 16px; background: var(--paper); }
  .framed:not(.bare) { padding-inline-start: 40px; }
  .figbar { display: flex; align-items: center; gap: 8px 24px; flex-wrap: wrap; padding-block-end: 8px; min-block-size: 38px; }
  .hint { flex: 1; min-inline-size: 0; color: var(--ink-2); font-size: var(--fs-small); }
  .key { margin-inline-start: auto; display: flex; align-items: center; gap: 8px; font-size: var(--fs-tick); color: var(--ink-2); white-space: nowrap; }
  .key text { font: var(--fs-tick) var(--sans); fill: var(--ink-2); }
  .key line { stroke: var(--ink-3); stroke-opacity: 0.5; }
  .key .frame { fill: none; stroke: var(--ink-3); }
  .key svg { forced-color-adjust: none; }
  .extent { display: none; font-size: var(--fs-tick); color: var(--ink-2); }
  .bare .extent { display: block; margin-block-start: 6px; }
  .bare .panel { padding-block-end: 0; }
  .foot { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px; margin-block-start: 4px; font-size: var(--fs-small); color: var(--ink-2); }
  .foot a { color: var(--adam-scope-accent, inherit); text-underline-offset: 3px; }

  .panels {
    --cols: 2; --rows: 1; --gap: 12px; --head: 76px; --chrome: 366px;
    --col: calc((100cqi - (var(--cols) - 1) * var(--gap)) / var(--cols));
    --plot: clamp(0.62 * var(--col), (var(--window) - var(--chrome) - var(--more, 0px)) / var(--rows) - var(--head), var(--col));
    display: grid; grid-template-columns: repeat(var(--cols), minmax(0, 1fr)); gap: 12px var(--gap); align-content: start;
  }
  @supports (height: 100dvh) { :host { --window: var(--adam-scope-window, 100dvh); } }
  .panels:where(:has(> :nth-child(n + 3))) { --rows: 2; }
  .panels:where(:has(> :nth-child(n + 5))) { --rows: 3; }
  .panels:where(:has(> :nth-child(n + 9))) { --cols: 3; --rows: 4; --gap: 8px; }
  .panels:where(:has(> :only-child)) { --cols: 1; }
  @container stage (min-width: 560px) {
    .panels { --gap: 32px; --head: 108px; --chrome: 300px; row-gap: 24px; }
    .panels:where(:has(> :nth-child(n + 3))) { --cols: 3; --rows: 1; }
    .panels:where(:has(> :nth-child(n + 4))) { --rows: 2; }
    .panels:where(:has(> :nth-child(4):last-child)) { --cols: 2; }
    .panels:where(:has(> :nth-child(n + 7))) { --cols: 4; --gap: 16px; }
    .panels:where(:has(> :nth-child(n + 9))) { --rows: 3; }
    .panels:where(:has(> :only-child)) { --plot: clamp(320px, var(--window) - var(--chrome) - var(--head), 0.62 * var(--col)); }
    .panels:has(> :only-child) .panel { max-inline-size: calc(1.6 * var(--plot)); }
  }
  @container stage (min-width: 1000px) {
    .panels { --gap: 36px; --chrome: var(--adam-scope-chrome, 340px); }
    .panels:where(:has(> :nth-child(n + 3))) { --cols: 3; --rows: 1; }
    .panels:where(:has(> :nth-child(4):last-child)) { --cols: 4; }
    .panels:where(:has(> :nth-child(5):last-child)) { --cols: 5; --gap: 32px; }
    .panels:where(:has(> :nth-child(6):last-child)) { --cols: 6; --gap: 30px; }
    .panels:where(:has(> :nth-child(n + 7))) { --cols: 4; --rows: 2; --chrome: 270px; }
    .panels:where(:has(> :nth-child(n + 9))) { --cols: 6; --gap: 30px; }
  }

  .panel { display: grid; grid-row: span 2; grid-template-rows: auto auto; grid-template-rows: subgrid; gap: 8px; min-inline-size: 0; padding-block-end: 22px; }
  .panel-head { container: head / inline-size; min-inline-size: 0; }
  .head { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-content: start; align-items: baseline; column-gap: 8px; line-height: 1.4; }
  .name { display: flex; align-items: baseline; gap: 4px; min-inline-size: 0; font-weight: 650; font-size: var(--fs-rate); line-height: 1.3; }
  .name :is(.swatch, .icon) { flex: none; align-self: center; }
  .name .unit { font-size: var(--fs-label); font-weight: 400; color: var(--ink-2); margin-inline-start: 3px; }
  .name .who { min-inline-size: 0; overflow-wrap: anywhere; font-size: var(--fs-label); }
  .name :is(input, .rate) { padding: 0 3px; letter-spacing: -0.01em; }
  .name input { appearance: none; inline-size: auto; field-sizing: content; min-inline-size: 24px; min-block-size: 24px; max-inline-size: 100%; border: 0; border-block-end: 1px solid transparent; border-radius: 0; background: transparent; font-weight: inherit; }
  .name input:hover { border-color: var(--edge); background: var(--tint); }
  .name input[aria-invalid="true"] { border-block-end: 2px solid var(--alert); color: var(--alert); }
  .swatch { forced-color-adjust: none; }
  .swatch .dash { stroke: var(--run); stroke-width: 2; }
  .mark { fill: var(--run); } .mark.hollow { fill: var(--paper); stroke: var(--run); stroke-width: 2; }
  .icon { display: grid; place-items: center; inline-size: 24px; block-size: 24px; border-radius: 3px; color: var(--ink-2); opacity: 0; }
  .icon svg { inline-size: 14px; block-size: 14px; }
  .icon:hover { background: var(--tint); color: var(--ink); }
  .panel:hover .icon, .icon:focus-visible { opacity: 1; }
  @media (hover: none) { .icon { opacity: 1; } }
  .now { text-align: end; font-size: var(--fs-label); color: var(--ink-2); white-space: nowrap; }
  .now b { color: var(--ink); font-weight: 600; }
  .now.at { font-size: var(--fs-small); }
  .verdict { grid-column: 1 / -1; position: relative; display: flex; gap: 7px; align-items: baseline; font-size: var(--fs-label); min-inline-size: 0; }
  .verdict svg { flex: none; transform: translateY(2px); color: var(--ink-3); }
  .verdict .dot { fill: var(--run); forced-color-adjust: none; }
  .verdict b { font-weight: 650; } .verdict i { font-style: normal; }
  .verdict .untold { color: var(--ink-2); position: absolute; inset-inline-start: 33px; white-space: nowrap; }
  .played .untold { display: none; }
  .stage:not(.played) :is(.verdict .dot, .verdict .told, .evidence) { visibility: hidden; }
  .evidence { font-size: var(--fs-small); color: var(--ink-2); min-inline-size: 0; }

  .plot { position: relative; block-size: var(--fit, var(--plot)); container: plot / inline-size; cursor: crosshair; user-select: none; -webkit-user-select: none; }
  .plot canvas { position: absolute; display: block; inset: -8px -8px -22px -30px; inline-size: calc(100% + 38px); block-size: calc(100% + 30px); touch-action: pan-y; forced-color-adjust: none; }
  .start { position: absolute; inline-size: 44px; block-size: 44px; margin: -22px 0 0 -22px; border-radius: 50%; touch-action: none; cursor: grab; }
  .start:active { cursor: grabbing; }
  .start:focus-visible { outline-offset: -9px; border-radius: 50%; box-shadow: 0 0 0 2px var(--casing) inset; }
  .word { position: absolute; margin: -9px 0 0 11px; padding-inline: 1px; font-size: var(--fs-small); line-height: 1.4; color: var(--ink); pointer-events: none;
    text-shadow: 0 0 2px var(--casing), 1px 0 2px var(--casing), -1px 0 2px var(--casing), 0 1px 2px var(--casing), 0 -1px 2px var(--casing), 0 0 3px var(--casing); }
  .word.flip { transform: translateX(calc(-100% - 22px)); }

  @container plot (max-width: 240px) { .plot canvas { inset: -8px; inline-size: calc(100% + 16px); block-size: calc(100% + 16px); } .word { display: none; } }
  @container head (max-width: 360px) { .named .unit { display: none; } }
  @container head (max-width: 290px) { .now.at { display: none; } .evidence { grid-column: 1 / -1; } }
  @container head (max-width: 240px) {
    .head { column-gap: 4px; line-height: 1.35; }
    .name { flex-wrap: wrap; font-size: calc(var(--fs-rate) - 3px); }
    .name .swatch { inline-size: 22px; }
    .name .unit { display: none; }
    .now, .verdict { font-size: var(--fs-small); }
    .verdict .told > :is(b, i) { display: block; }
    .verdict .colon, .evidence { display: none; }
    .name .icon { display: none; }
    .panel:focus-within .name .icon { display: grid; }
    .panel:focus-within .now { visibility: hidden; }
    .named .head > :is(.name, .now) { grid-column: 1 / -1; text-align: start; }
  }
  @container head (max-width: 118px) {
    .name { font-size: var(--fs-label); }
    .now, .verdict .told > i { display: none; }
    .verdict { gap: 4px; }
    .verdict .untold { inset-inline-start: 30px; font-size: var(--fs-tick); }
  }
  @container stage (max-width: 900px) { .hint { display: none; } }
  @container stage (max-width: 559px) {
    .panels { row-gap: 14px; }
    .panels:has(> :only-child) .plot { margin-inline-start: 22px; }
    .key { inline-size: 100%; justify-content: space-between; white-space: normal; }
    .panels:has(> :nth-child(3):last-child) { --cols: 1; }
    .panels:has(> :nth-child(3):last-child) .panel { --col: 58cqi; --plot: calc(0.82 * var(--col)); grid-template: auto / minmax(0, 1fr) var(--col); grid-row: auto; gap: 12px; }
    .panels:has(> :nth-child(3):last-child) .head { grid-template-columns: minmax(0, 1fr); row-gap: 2px; }
    .panels:has(> :nth-child(3):last-child) .head > * { text-align: start; }
  }

  .ends span { position: absolute; transform: translateY(-50%); font-size: var(--fs-small); font-weight: 650; line-height: 1; color: var(--run); white-space: nowrap; pointer-events: none; forced-color-adjust: none;
    text-shadow: 0 0 2px var(--casing), 1px 0 2px var(--casing), -1px 0 2px var(--casing), 0 1px 2px var(--casing), 0 -1px 2px var(--casing), 0 0 3px var(--casing); }
  .ends .flip { transform: translate(-100%, -50%); }

  /* All runs in one plot, their heads as a list beside it or below. */
  .overlay .panels { grid-template-columns: repeat(2, minmax(0, 1fr)); --cols: 1; --rows: 1; --head: 0px; gap: 10px 24px; align-items: start; }
  .overlay .panel { display: contents; }
  .overlay .panel:not(:first-child) .plot { display: none; }
  .overlay .plot { grid-column: 1 / -1; order: -1; margin-block-end: 24px; }
  .overlay .panel-head { padding-block-end: 6px; border-block-end: 1px solid var(--rule); }
  .overlay .word { translate: -38px 20px; }
  @container stage (min-width: 1000px) {
    .overlay .plates { display: grid; grid-template-columns: 45cqi repeat(2, minmax(0, 1fr)); grid-template-rows: repeat(6, auto) 1fr; gap: 10px 24px; align-items: start; }
    .overlay .panels { display: contents; --plot: clamp(0.62 * 45cqi, var(--window) - 310px, 45cqi); }
    .overlay .plot { grid-column: 1; grid-row: 1 / -1; margin-inline-end: 12px; }
    .overlay slot[name="beside"] { display: block; grid-column: 2 / -1; }
  }

  /* A map or chart that the page puts beside the panels. */
  @container stage (min-width: 1000px) {
    :host([data-beside]) .plates { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); gap: 36px; }
    :host([data-beside]) .panels { --cols: 2; --rows: 2; --col: 30cqi; }
    :host([data-beside]) .panels:has(> :only-child) { --cols: 1; --rows: 1; --col: 60cqi; }
    :host([data-beside="charts"]) .panels { --rows: 1; }
    :host([data-beside="charts"]) .plates:has(.panel:only-child) { grid-template-columns: auto minmax(0, 1fr); }
    :host([data-beside="charts"]) .panels:has(> :only-child) { --plot: clamp(260px, var(--window) - var(--chrome) - var(--more, 0px) - var(--head), 60cqi); inline-size: min(60cqi, 1.6 * var(--plot)); }
    :host([data-beside="charts"]) slot[name="beside"] { display: grid; grid-auto-rows: 1fr; gap: 16px; }
  }

  .transport { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; align-items: center; gap: 14px; margin-block-start: 4px; }
  .play { display: grid; place-items: center; inline-size: 36px; block-size: 36px; border-radius: 50%; background: var(--accent); color: var(--paper); }
  .play svg { inline-size: 18px; block-size: 18px; }
  .play:focus-visible { border-radius: 50%; outline-offset: 3px; }
  .scrub { position: relative; block-size: 36px; }
  .scrub input { position: absolute; inset-block: 0; inset-inline: -9px; inline-size: calc(100% + 18px); block-size: 100%; appearance: none; background: none; cursor: pointer; }
  .scrub::before { content: ""; position: absolute; inset: calc(50% - 1.5px) 0 auto; block-size: 3px; background: linear-gradient(var(--accent) 0 0) 0 0 / calc(100% * var(--done, 0)) 100% no-repeat var(--edge); }
  .scrub input::-webkit-slider-thumb { appearance: none; inline-size: 18px; block-size: 18px; border-radius: 50%; background: var(--accent); border: 3px solid var(--paper); box-shadow: 0 0 0 1px var(--accent); }
  .scrub input::-moz-range-thumb { inline-size: 12px; block-size: 12px; border-radius: 50%; background: var(--accent); border: 3px solid var(--paper); box-shadow: 0 0 0 1px var(--accent); }
  .scrub input:focus-visible { outline: none; }
  .scrub input:focus-visible::-webkit-slider-thumb { outline: 2px solid var(--ink); outline-offset: 3px; }
  .scrub input:focus-visible::-moz-range-thumb { outline: 2px solid var(--ink); outline-offset: 3px; }
  .count { font-size: var(--fs-label); color: var(--ink-2); white-space: nowrap; }
  .count b { color: var(--ink); font-weight: 650; }

  :host([theme="projector"]) { --fs-tick: 14px; --fs-small: 15px; --fs-label: 16px; --fs-rate: 24px; --target: 40px; font-size: 18px; }
  :host([theme="projector"]) .panels { --more: 72px; }
  :host([theme="projector"]) .named .unit { display: none; }
  @container head (max-width: 360px) { :host([theme="projector"]) .named .head > :is(.name, .now) { grid-column: 1 / -1; text-align: start; } }
  @media (min-width: 1700px) { :host([theme="projector"]) { --fs-tick: 17px; --fs-small: 18px; --fs-label: 19px; --fs-rate: 28px; font-size: 21px; } :host([theme="projector"]) .panels { --more: 130px; } }
  @media (max-width: 600px) { :host { --target: 40px; } :host([theme="projector"]) { --fs-label: 15px; --fs-small: 14px; --fs-rate: 20px; font-size: 17px; } }
  @media (forced-colors: active) {
    :host { --paper: Canvas; --tint: Canvas; --ink: CanvasText; --ink-2: CanvasText; --ink-3: CanvasText; --rule: CanvasText; --edge: CanvasText; --alert: CanvasText; }
    .play { border: 1px solid ButtonText; }
  }
  @media print { .transport, .hint, .icon { display: none; } .panel { break-inside: avoid; } }
`;

/** Greys for ink and paper that are not ours, mixed as the core mixes them. @type {Record<string, number>} */
const GREYS = { "ink-2": 74, "ink-3": 61, edge: 50, rule: 11, tint: 5 };
const greys = Object.entries(GREYS).map(([name, part]) => `--${name}: color-mix(in oklab, var(--ink) ${part}%, var(--paper));`);

/** @type {Record<"ours" | "dyed", CSSStyleSheet[]> | undefined} */
let made;

/** The sheets of an element in our colours, and in those of its host page; made once. */
export function sheets() {
  if (!made) {
    const [base, dyed] = [new CSSStyleSheet(), new CSSStyleSheet()];
    base.replaceSync(TOKENS + STYLE);
    dyed.replaceSync(`:host { ${greys.join(" ")} --casing: var(--paper); }`);
    made = { ours: [base], dyed: [base, dyed] };
  }
  return made;
}
