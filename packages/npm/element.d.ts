/** What was run: one learning rate of one optimizer under one schedule. */
export interface RunFacts {
  label: string;
  optimizer: string;
  schedule: string;
  lr: number;
  /** A word such as `converged`, `crawling` or `left-frame`. */
  verdict: string;
  /** `too low`, `about right` or `too high`. */
  rating: string;
  /** The verdict with its evidence, in one sentence. */
  message: string;
  /** x0, y0, x1, y1, ... */
  path: Float64Array;
}

/** The events of an element; they bubble and cross shadow roots. */
export interface AdamScopeEventMap {
  "adam-scope-ready": CustomEvent<{}>;
  "adam-scope-change": CustomEvent<{ config: string }>;
  "adam-scope-step": CustomEvent<{ step: number }>;
  "adam-scope-end": CustomEvent<{ step: number }>;
  "adam-scope-error": CustomEvent<{ message: string }>;
}

/** The element <adam-scope>. Importing this module does not register it. */
export class AdamScope extends HTMLElement {
  static observedAttributes: string[];
  /** The canonical text of the config; setting it replaces everything, and a bad one fires `adam-scope-error`. */
  config: string;
  currentStep: number;
  /** How many steps the figure has; setting it writes the attribute. */
  steps: number;
  /** Steps a second while playing; setting it writes the attribute. */
  speed: number;
  readonly paused: boolean;
  /** Resolves at the first figure; rejects when the first load failed. */
  readonly ready: Promise<void>;
  readonly runs: RunFacts[];
  play(): void;
  pause(): void;
  seek(step: number): void;
  /** The figure at the step that is shown, as `adam-scope figure` draws it; 960 CSS pixels wide, and as tall as suits that. */
  toSVG(size?: { width?: number; height?: number }): Promise<string>;
  /** Every step of every run, as `adam-scope trace` prints it. */
  toCSV(): Promise<string>;
  /** The plots as they stand, with `scale` device pixels in a CSS pixel; the config is in the file's `Description`. */
  toPNG(options?: { scale?: number }): Promise<Blob>;
  addEventListener<K extends keyof AdamScopeEventMap>(type: K, listener: (this: AdamScope, event: AdamScopeEventMap[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener<K extends keyof HTMLElementEventMap>(type: K, listener: (this: AdamScope, event: HTMLElementEventMap[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "adam-scope": AdamScope;
  }
  interface GlobalEventHandlersEventMap extends AdamScopeEventMap {}
}
