// What an element is told in words: which attributes there are, and which of them wait to be taken over.

/** The keys of a config; each is an attribute. The core's own list is the same (a test holds them together). */
export const KEYS = [
  "surface", "condition", "domain", "start", "steps", "optimizer", "lr", "schedule",
  "beta1", "beta2", "eps", "weight-decay", "momentum", "alpha", "rho", "momentum-decay", "bias-correction",
  "warmup", "gamma", "every", "power", "min-lr", "patience", "points", "noise", "sparsity", "seed", "view", "step",
];

/** Attributes with a choice of words that are no keys of a config. */
export const PRESENTATION = ["theme", "loading", "speed"];

/** @typedef {import("./pkg/adam_scope.js").Figure} Figure */

/** The words of an element's attributes, on their way to its figure. */
export class Words {
  #element;
  /** Attributes that changed since the last figure, in the order in which they were written. @type {Set<string>} */
  #written = new Set();

  /** @param {Element} element */
  constructor(element) {
    this.#element = element;
  }

  /** Whether something waits. */
  get wait() {
    return this.#written.size > 0;
  }

  /** An attribute was written: the last write comes last, also where the same attribute is written twice. @param {string} name */
  note(name) {
    this.#written.delete(name);
    this.#written.add(name);
  }

  /** Something replaces all that was written until now. */
  forget() {
    this.#written.clear();
  }

  /**
   * Takes over the attributes that were written, all at once. A `config` that cannot be read stays written, so that
   * nothing is shown without it before it is put right.
   * @param {import("./wasm.js").Core} core
   * @param {Figure} figure
   * @param {boolean} keysLast whether single keys also win over what `config` names
   */
  apply(core, figure, keysLast) {
    for (const name of this.#written) {
      if (name === "config") this.#writeConfig(figure, keysLast);
      else if (!PRESENTATION.includes(name)) figure.write(name, this.#element.getAttribute(name) ?? undefined);
    }
    this.forget();
    this.check(core);
    figure.apply();
  }

  /** Throws where an attribute that is no key of a config is wrong. @param {import("./wasm.js").Core} core */
  check(core) {
    for (const name of PRESENTATION) {
      const words = this.#element.getAttribute(name);
      if (words !== null) core.checkWords(name, words);
    }
  }

  /**
   * The words of the `config` attribute, then those of single keys that it does not name.
   * @param {Figure} figure
   * @param {boolean} keysLast
   */
  #writeConfig(figure, keysLast) {
    figure.read(this.#element.getAttribute("config") ?? "");
    for (const key of KEYS) {
      const words = this.#element.getAttribute(key);
      if (words !== null && (keysLast || !figure.names(key))) figure.write(key, words);
    }
  }
}
