// What is said aloud to those who do not see the figure: when the clock is stopped, at its end, and when a verdict changes.

/**
 * @param {import("./element.js").AdamScope} scope
 * @param {(message: string) => void} say
 */
export function announce(scope, say) {
  let playing = false;
  /** The verdicts as they were said or shown last, one a run; none before they may be told. @type {string[]} */
  let known = [];

  /** @returns {string[]} */
  function verdicts() {
    const figure = scope.figure;
    if (!figure || !scope.played) return [];
    return Array.from({ length: figure.runs() }, (_, run) => `${figure.words(run)[0]}: ${figure.judgement(run).slice(1, 3).join(", ")}`);
  }

  /** What each run has come to. */
  function summary() {
    const figure = scope.figure;
    if (!figure) return "";
    known = verdicts();
    const told = Array.from({ length: figure.runs() }, (_, run) => {
      const rating = scope.played ? `${figure.judgement(run)[1]}, ` : "";
      return `${figure.words(run)[0]}: ${rating}loss ${figure.reading(run, scope.currentStep)[0]}`;
    });
    return `${told.join("; ")}.`;
  }

  scope.addEventListener("adam-scope-clock", () => {
    const stopped = playing && scope.paused && scope.currentStep < scope.steps;
    playing = !scope.paused;
    if (stopped) say(`Paused at step ${scope.currentStep}. ${summary()}`);
  });
  scope.addEventListener("adam-scope-end", () => say(`Step ${scope.currentStep}. ${summary()}`));
  scope.addEventListener("adam-scope-judged", () => {
    const now = verdicts();
    const news = known.length > 0 ? now.filter((verdict) => !known.includes(verdict)) : [];
    known = now;
    if (news.length > 0 && scope.paused) say(`${news.join("; ")}.`);
  });
}
