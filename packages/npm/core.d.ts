import type { RunFacts } from "./element.js";

/** A run, step by step. */
export interface Traced extends RunFacts {
  /** The loss at each step. */
  losses: Float64Array;
  /** The rate of each update: one fewer than there are steps. */
  rates: Float64Array;
}

/** Loads the core; everything else needs it. */
export function init(): Promise<void>;

/** The runs of a query such as `surface=beale&lr=0.01,0.1`; throws an Error that says what is wrong with it. */
export function trace(query: string): Traced[];

/** The loss after the last step at each rate, for a query of one optimizer and one schedule. */
export function sweep(query: string, lrs: ArrayLike<number>): Float64Array;

/**
 * Where every start of the plot ends, for each cell of a map, row by row from the top: the number of the known minimum (-1
 * nowhere, -2 elsewhere), since which step (-1 where it does not come to rest) and the loss after the last step.
 */
export function basin(
  query: string,
  width: number,
  height: number,
): { minimum: Int32Array; since: Int32Array; loss: Float64Array };
