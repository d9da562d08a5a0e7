// The colours of the host page: those that it gives a figure, and whether it is dark where the figure stands.

/**
 * Custom properties that change what is drawn, in the order in which the core takes them, each with the property of the
 * probe that resolves it. The probe's own colour says which side of light-dark() is in force.
 */
const DYES = {
  paper: "background-color",
  ink: "border-top-color",
  "map-low": "border-right-color",
  "map-middle": "border-bottom-color",
  "map-high": "border-left-color",
  "run-1": "outline-color",
  "run-2": "text-decoration-color",
  "run-3": "column-rule-color",
  "run-4": "caret-color",
  "run-5": "fill",
  "run-6": "stroke",
};

/** Nothing, as computed styles write it. */
const NONE = "rgba(0, 0, 0, 0)";

const darkScheme = globalThis.matchMedia?.("(prefers-color-scheme: dark)");

/** The probe's style: a change of any colour ends a transition, which tells the figure. */
export const PROBE = `color: var(--scheme); transition: all 1ms step-start; ${Object.entries(DYES).map(([name, property]) => `${property}: var(--adam-scope-${name}, transparent)`).join("; ")};`;

/**
 * Red, green, blue and opacity of colours in any notation.
 * @param {string[]} colors
 */
function bytes(colors) {
  const canvas = document.createElement("canvas");
  canvas.width = colors.length;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return new Uint8ClampedArray();
  colors.forEach((color, i) => {
    context.fillStyle = color;
    context.fillRect(i, 0, 1, 1);
  });
  return context.getImageData(0, 0, colors.length, 1).data;
}

/**
 * The theme in force, and the colours that the figure was given, as `Figure.dye` takes them.
 * @param {Element} probe
 * @param {string | null} asked the theme that was asked for
 */
export function readColors(probe, asked) {
  const style = getComputedStyle(probe);
  const dyes = Object.values(DYES).map((property) => style.getPropertyValue(property));
  // Without light-dark() the probe has no colour of either side.
  const dark = style.color === "rgb(0, 0, 2)" || (style.color !== "rgb(0, 0, 1)" && darkScheme.matches);
  return {
    theme: asked === "light" || asked === "dark" || asked === "projector" ? asked : dark ? "dark" : "light",
    dyes: dyes.every((color) => color === NONE) ? [] : [...bytes(dyes)],
  };
}

/**
 * Whether an element lies on something dark.
 * @param {Element} element
 */
export function liesOnDark(element) {
  /** @type {Node | null} */
  let at = element.assignedSlot ?? element.parentNode;
  for (; at; at = at instanceof ShadowRoot ? at.host : at.parentNode) {
    const color = at instanceof Element ? getComputedStyle(at).backgroundColor : NONE;
    const [red, green, blue, opacity] = color === NONE ? [] : bytes([color]);
    if (opacity > 127) return 2 * red + 5 * green + blue < 4 * 255;
  }
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  return scheme.includes("dark") && (!scheme.includes("light") || darkScheme.matches);
}
