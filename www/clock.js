// One clock a figure; one animation loop a page.

/** @type {Set<Clock>} */
const running = new Set();
let frame = 0;
let last = 0;

/** @param {number} now milliseconds */
function tick(now) {
  // A page that slept (a hidden tab, a busy phone) goes on where it was. The first frame may have begun before play.
  const elapsed = Math.min(Math.max(now - last, 0), 100) / 1000;
  last = now;
  for (const clock of running) clock.advance(elapsed);
  frame = running.size > 0 ? requestAnimationFrame(tick) : 0;
}

/** @param {Clock} clock */
function start(clock) {
  running.add(clock);
  if (frame === 0) {
    last = performance.now();
    frame = requestAnimationFrame(tick);
  }
}

/** Counts steps from 0 to `steps` at `speed` steps a second. */
export class Clock {
  steps = 0;
  speed = 20;
  loop = false;
  /** Steps since the start, with the fraction that has passed of the next one. */
  #time = 0;
  #playing = false;
  #resting = false;
  #onStep;
  #onEnd;

  /**
   * @param {() => void} onStep called whenever the step changed
   * @param {() => void} onEnd called when the last step was played
   */
  constructor(onStep, onEnd) {
    this.#onStep = onStep;
    this.#onEnd = onEnd;
  }

  get step() {
    return Math.floor(this.#time);
  }

  get playing() {
    return this.#playing;
  }

  play() {
    if (this.#playing) return;
    this.#playing = true;
    if (this.step >= this.steps) this.seek(0);
    if (!this.#resting) start(this);
  }

  pause() {
    this.#playing = false;
    running.delete(this);
  }

  /** Off screen a clock stands still, but it still counts as playing. */
  rest() {
    this.#resting = true;
    running.delete(this);
  }

  wake() {
    this.#resting = false;
    if (this.#playing) start(this);
  }

  /** @param {number} step any number; the nearest step that there is, as media elements do */
  seek(step) {
    const before = this.step;
    this.#time = Math.min(Math.max(Math.trunc(step) || 0, 0), this.steps);
    if (this.step !== before) this.#onStep();
  }

  /** @param {number} elapsed seconds */
  advance(elapsed) {
    const before = this.step;
    this.#time += elapsed * this.speed;
    if (this.#time < this.steps) {
      if (this.step !== before) this.#onStep();
      return;
    }
    this.#time = this.steps;
    if (this.step !== before) this.#onStep();
    if (this.loop) {
      this.#onEnd();
      this.#time = 0;
      this.#onStep();
    } else {
      this.pause();
      this.#onEnd();
    }
  }
}
