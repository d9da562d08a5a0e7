// One clock a figure, or one for several of the same name; one animation loop a page.

/** @type {Set<Beat>} */
const running = new Set();
/** The clocks that have a name. @type {Map<string, Beat>} */
const named = new Map();
let frame = 0;
let last = 0;

/** @param {number} now milliseconds */
function tick(now) {
  // A page that slept (a hidden tab, a busy phone) goes on where it was. The first frame may have begun before play.
  const elapsed = Math.min(Math.max(now - last, 0), 100) / 1000;
  last = now;
  for (const beat of running) beat.advance(elapsed);
  frame = running.size > 0 ? requestAnimationFrame(tick) : 0;
}

/** What counts; the clocks that share it follow. It is as long as the longest of them. */
class Beat {
  /** Steps since the start, with the fraction that has passed of the next one. */
  time = 0;
  speed = 20;
  playing = false;
  /** @type {Set<Clock>} */
  clocks = new Set();

  get steps() {
    return Math.max(0, ...[...this.clocks].map(({ steps }) => steps));
  }

  /** Runs while it plays and somebody can see it. */
  run() {
    if (!this.playing || ![...this.clocks].some(({ awake }) => awake)) running.delete(this);
    else {
      running.add(this);
      if (frame === 0) {
        last = performance.now();
        frame = requestAnimationFrame(tick);
      }
    }
  }

  /** @param {number} time */
  set(time) {
    this.time = time;
    for (const clock of this.clocks) clock.follow();
  }

  /** @param {number} elapsed seconds */
  advance(elapsed) {
    const { steps } = this;
    const time = this.time + elapsed * this.speed;
    this.set(Math.min(time, steps));
    if (time < steps || !this.playing) return;
    const clocks = [...this.clocks];
    if (!clocks.some(({ loop }) => loop)) {
      this.playing = false;
      this.run();
    }
    for (const clock of clocks) clock.end();
    if (this.playing) this.set(0);
  }
}

/** Counts steps from 0 to `steps`; a shorter one on a shared beat stands at its end until the longest is there. */
export class Clock {
  loop = false;
  /** Off screen a clock stands still, but it still counts as playing. */
  awake = true;
  #steps = 0;
  #beat = new Beat();
  #name = "";
  /** The step that was told last. */
  #told = 0;
  #onStep;
  #onEnd;

  /**
   * @param {() => void} onStep called whenever the step changed
   * @param {() => void} onEnd called when the last step was played
   */
  constructor(onStep, onEnd) {
    this.#onStep = onStep;
    this.#onEnd = onEnd;
    this.#beat.clocks.add(this);
  }

  get steps() {
    return this.#steps;
  }

  set steps(steps) {
    this.#steps = steps;
    this.#beat.time = Math.min(this.#beat.time, this.#beat.steps);
  }

  get step() {
    return Math.min(Math.floor(this.#beat.time), this.#steps);
  }

  get playing() {
    return this.#beat.playing;
  }

  get speed() {
    return this.#beat.speed;
  }

  set speed(speed) {
    this.#beat.speed = speed;
  }

  /** Whether another one on the same beat has steps already: then that one has said where the beat is. */
  get joined() {
    return [...this.#beat.clocks].some((clock) => clock !== this && clock.steps > 0);
  }

  /** @param {string} name of the beat to share, which goes on as it is; none for one of its own, at rest */
  share(name) {
    if (name !== this.#name) this.#join(name, named.get(name) ?? this.#copy(name !== ""));
  }

  /** Leaves those of its name, for as long as its element is in no document. */
  leave() {
    this.#join("", this.#copy(true));
  }

  /** @param {boolean} playing whether the copy may play */
  #copy(playing) {
    const beat = new Beat();
    beat.time = this.#beat.time;
    beat.speed = this.#beat.speed;
    beat.playing = playing && this.#beat.playing;
    return beat;
  }

  /**
   * @param {string} name
   * @param {Beat} beat
   */
  #join(name, beat) {
    const before = this.#beat;
    before.clocks.delete(this);
    if (before.clocks.size === 0) named.delete(this.#name);
    before.run();
    if (name !== "") named.set(name, beat);
    this.#name = name;
    this.#beat = beat;
    beat.clocks.add(this);
    beat.run();
    this.follow();
  }

  play() {
    const beat = this.#beat;
    if (beat.playing) return;
    beat.playing = true;
    if (Math.floor(beat.time) >= beat.steps) beat.set(0);
    beat.run();
  }

  pause() {
    this.#beat.playing = false;
    this.#beat.run();
  }

  rest() {
    this.awake = false;
    this.#beat.run();
  }

  wake() {
    this.awake = true;
    this.#beat.run();
    this.follow();
  }

  /** @param {number} step any number; the nearest step that there is, as media elements do */
  seek(step) {
    this.#beat.set(Math.min(Math.max(Math.trunc(step) || 0, 0), this.#steps));
    this.follow(true);
  }

  /** @param {boolean} [asleep] whether the step is told off screen, too */
  follow(asleep = false) {
    if ((!this.awake && !asleep) || this.step === this.#told) return;
    this.#told = this.step;
    this.#onStep();
  }

  end() {
    this.#onEnd();
  }
}
