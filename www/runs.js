// What was run, as plain objects.

/**
 * @typedef {{ label: string, optimizer: string, schedule: string, lr: number, verdict: string, rating: string,
 *   message: string, path: Float64Array }} RunFacts
 */

/**
 * The runs of a figure; their verdicts are as good as the figure has them.
 * @param {import("./pkg/adam_scope.js").Figure} figure
 * @returns {RunFacts[]}
 */
export function runFacts(figure) {
  return Array.from({ length: figure.runs() }, (_, run) => {
    const [label, optimizer, schedule, rate] = figure.words(run);
    const [verdict, rating, , , message] = figure.judgement(run);
    return { label, optimizer, schedule, lr: Number(rate), verdict, rating, message, path: figure.path(run) };
  });
}
