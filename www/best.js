// "Each at its own best rate": the rates of several optimizers, taken from a sweep of each, and said to be so only while
// they are.

/** More steps than this in all are left to the workers. */
const OWN_STEPS = 200_000;

/** What of a sweep's steps the search takes: 241 rates to the curve's 181. */
const SHARE = 241 / 181;

/**
 * @param {import("./explorer-core.js").ExplorerCore} core
 * @param {import("./element.js").AdamScope} scope
 * @param {HTMLElement} line the button, and what is said after it
 * @param {import("./pool.js").Pool} pool
 * @param {(message: string) => void} say
 */
export function buildBest(core, scope, line, pool, say) {
  const button = /** @type {HTMLButtonElement} */ (line.querySelector("button"));
  const told = /** @type {HTMLElement} */ (line.querySelector("span"));

  /** The last search: what it was for, and the rates with their words once they are there, or what was wrong. */
  let known = { sounding: "", rates: "", words: "", message: "" };
  /** @type {ReturnType<import("./pool.js").Pool["order"]> | undefined} */
  let order;
  /** Whether the rates are to be written as soon as they are found. */
  let asked = false;

  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") !== "true") ask();
  });
  scope.addEventListener("adam-scope-change", update);

  function update() {
    const figure = scope.figure;
    if (!figure) return;
    // Rates that all optimizers share are not each one's own.
    if (figure.value("lr").includes(":") && !figure.value("schedule").includes(",")) search();
    else show();
  }

  function ask() {
    asked = true;
    search();
  }

  /** Finds the best rates of what is shown, unless they are known. */
  function search() {
    const sounding = core.soundingOf(scope.config);
    if (sounding === known.sounding) {
      show();
      return;
    }
    order?.cancel();
    known = { sounding, rates: "", words: "", message: "" };
    const take = (/** @type {string[]} */ [rates, words]) => {
      known = { sounding, rates, words, message: "" };
      show();
    };
    const fail = (/** @type {Error} */ error) => {
      known = { sounding, rates: "", words: "", message: error.message };
      show();
    };
    if (core.soundingSteps(sounding) * SHARE <= OWN_STEPS) {
      try {
        take(core.bestRates(sounding));
      } catch (error) {
        fail(/** @type {Error} */ (error));
      }
    } else {
      show();
      order = pool.order([{ call: "bestRates", words: [sounding] }], take);
      order.done.catch(fail);
    }
  }

  /** Writes the rates that were asked for, and says whether those shown are the best. */
  function show() {
    const { rates, words, message } = known;
    if (asked && (rates || message)) {
      asked = false;
      if (rates && scope.figure?.value("lr") !== rates) {
        scope.change("lr", rates);
        say(`${button.textContent}: ${words}`);
        return;
      }
    }
    const current = known.sounding !== "" && core.soundingOf(scope.config) === known.sounding;
    const best = current && rates !== "" && scope.figure?.value("lr") === rates;
    button.setAttribute("aria-disabled", String(best));
    told.textContent = best ? `: ${words}` : current && message ? ` ${message}` : "";
  }

  // A press from before this was loaded.
  if (line.dataset.asked === "") ask();
  else update();
}
