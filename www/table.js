// All runs as a table: sortable, and to be copied as text.
import { html } from "./dom.js";
import { figureOf } from "./explorer-core.js";
import { copy } from "./share.js";
import { swatch } from "./swatch.js";
import { VerdictLine } from "./verdict.js";

/** @typedef {{ run: number, label: string, rating: string, reason: string, steps: string, loss: string, by: (string | number)[] }} Row */

/** The columns with what they are called, and whether they hold numbers. @type {[string, boolean][]} */
const COLUMNS = [["run", false], ["verdict", false], ["steps to converge", true], ["final loss", true]];

/** Ratings in the order of the rates that earn them. */
const RATINGS = ["too low", "about right", "too high"];

/**
 * @param {import("./explorer-core.js").ExplorerCore} core
 * @param {import("./element.js").AdamScope} scope
 * @param {HTMLElement} section
 * @param {(message: string) => void} say
 */
export function buildTable(core, scope, section, say) {
  const table = html("table");
  const body = html("tbody");
  /** The column that is sorted by, and which way; by position at first. */
  let sorted = -1;
  let falling = false;

  const heads = COLUMNS.map(([name, isNumber], column) => {
    const button = html("button", "", [name]);
    button.type = "button";
    const head = html("th", isNumber ? "n" : "", [button]);
    head.scope = "col";
    button.addEventListener("click", () => {
      falling = sorted === column && !falling;
      sorted = column;
      draw();
    });
    return head;
  });
  const caption = html("caption", "sr", ["All runs"]);
  table.append(caption, html("thead", "", [html("tr", "", heads)]), body);
  section.querySelector(".scroll")?.append(table);

  for (const button of section.querySelectorAll("[data-table]")) {
    const kind = /** @type {HTMLElement} */ (button).dataset.table ?? "";
    button.addEventListener("click", async () => {
      const text = figureOf(scope)?.table(kind) ?? "";
      say((await copy(text)) ? "Copied." : "The browser does not let this page copy.");
    });
  }

  /** @returns {Row[]} */
  function rows() {
    const figure = scope.figure;
    if (!figure) return [];
    return Array.from({ length: figure.runs() }, (_, run) => {
      const [label, , , rate] = figure.words(run);
      const [, rating, reason, , , steps] = figure.judgement(run);
      const [loss] = figure.reading(run, scope.steps);
      const lasted = Number.isFinite(figure.lastLoss(run));
      return {
        run, label, rating, reason, steps,
        loss: lasted ? loss : "∞",
        by: [Number(rate), RATINGS.indexOf(rating), steps === "" ? Infinity : Number(steps), figure.lastLoss(run)],
      };
    });
  }

  function draw() {
    const all = rows();
    if (sorted >= 0) {
      const order = (/** @type {Row} */ a, /** @type {Row} */ b) => (a.by[sorted] < b.by[sorted] ? -1 : a.by[sorted] > b.by[sorted] ? 1 : a.run - b.run);
      all.sort(falling ? (a, b) => order(b, a) : order);
    }
    heads.forEach((head, column) => {
      if (column === sorted) head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    body.replaceChildren(
      ...all.map(({ run, label, rating, reason, steps, loss }) => {
        const head = html("th", "", [swatch(core, run), label]);
        head.scope = "row";
        const verdict = new VerdictLine();
        verdict.write(rating, reason);
        verdict.root.querySelector(".untold")?.remove();
        verdict.root.style.setProperty("--run", `var(--run-${(run % 6) + 1})`);
        return html("tr", "", [
          head,
          html("td", "", [verdict.root]),
          html("td", "n", [steps === "" ? "—" : core.whole(Number(steps))]),
          html("td", "n", [loss]),
        ]);
      }),
    );
  }

  /** Verdicts are told once the visitor has seen a step: before that, the table would give them away. */
  function reveal() {
    section.hidden = !scope.played;
    if (scope.played) draw();
  }
  scope.addEventListener("adam-scope-change", reveal);
  scope.addEventListener("adam-scope-judged", reveal);
  scope.addEventListener("adam-scope-clock", () => section.hidden && scope.played && reveal());
  reveal();
}
