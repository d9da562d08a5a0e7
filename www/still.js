// The still picture that a figure takes the place of: nothing below it moves, as long as it has about the figure's size.

/** How much lower or higher than the figure would be by itself a picture may be, for the figure to take its height. */
const LOWEST = 0.6;
const HIGHEST = 1.5;

/**
 * Gives the plots the height with which the figure is as high as the still picture, which stays where it is, unseen.
 * @param {HTMLElement} still
 * @param {HTMLElement} stage
 * @param {HTMLElement[]} plots
 */
export function fit(still, stage, plots) {
  stage.style.removeProperty("--fit");
  still.hidden = false;
  // Whether plots are so narrow that their range is said below, before anybody has told: the style sheet shifts the canvas.
  stage.classList.toggle("bare", plots.some((plot) => Number(plot.querySelector("canvas")?.offsetLeft) > -20));
  const [height, natural, own] = [still, stage, plots[0]].map((element) => element.getBoundingClientRect().height);
  // By their panels: the words above two plots of a row may take another number of lines.
  const rows = new Set(plots.map((plot) => plot.parentElement?.offsetTop)).size;
  const plot = Math.floor(own + (height - natural) / rows);
  still.hidden = height > HIGHEST * natural;
  if (natural > 0 && height >= LOWEST * natural && !still.hidden) stage.style.setProperty("--fit", `${plot}px`);
}
