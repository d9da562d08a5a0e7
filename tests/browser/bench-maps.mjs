// Many runs at once, measured against others in one page: a hand-written JavaScript loop, kernels derived by hand, the divider
// itself, two libraries; then the maps that rest on them.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openPage } from "./harness.mjs";

/** @import { Browser, Page } from "playwright-core" */
/** @import { Line } from "./bench.mjs" */

/** What is drawn is drawn from this. */
const SEED = 20261125;

const RUNS = 4096;
const STEPS = 1000;
const ROUNDS = 7;

/** Surfaces and optimizers that somebody derived by hand, here and in tests/rivals. */
const SURFACES = ["beale", "himmelblau", "booth"];
const OPTIMIZERS = ["adam", "rmsprop", "momentum", "yogi"];

/** Surfaces that need exp, sin or cos. */
const TRANSCENDENTAL = ["ackley", "rastrigin", "griewank", "levy13", "easom", "mccormick", "two-wells"];

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Whole numbers below a bound, from the seed: the upper bits of a 32-bit linear congruence. @param {number} seed */
function drawing(seed) {
  let state = seed >>> 0;
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * @param {Browser} browser
 * @returns {Promise<Line[]>}
 */
export async function maps(browser) {
  const folder = process.env.ADAM_SCOPE_RIVALS;
  const peers = process.env.ADAM_SCOPE_PEERS;
  const { page } = await openPage(browser, "bench.html", {
    html: '<!doctype html><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,">',
    headers: { "content-security-policy": "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:" },
  });
  await page.route(/\/rivals(_bg)?\.(js|wasm)$/, (route) => {
    const name = new URL(route.request().url()).pathname.split("/").pop() ?? "";
    const contentType = name.endsWith("wasm") ? "application/wasm" : "text/javascript";
    return route.fulfill({ contentType, body: readFileSync(join(folder ?? "", name)) });
  });
  await page.evaluate(async () => {
    const [rivals, core] = await Promise.all([import(new URL("rivals.js", location.href).href), import(new URL("core.js", location.href).href)]);
    await rivals.default();
    await core.init();
    const explorer = await import(new URL("pkg/explorer.js", Reflect.get(window, "filesUrl")).href);
    Object.assign(window, { rivals, explorer });
  });
  const lines = [...(await runs(page)), ...(await transcendental(page)), ...(await growth(page)), ...(await sweeps(page)), ...(await basins(page))];
  if (peers) lines.push(...(await others(page, peers)));
  await page.context().close();
  return lines;
}

/**
 * A step of one of many runs: the core, a JavaScript loop and a kernel derived by hand in turn.
 * @param {Page} page
 * @returns {Promise<Line[]>}
 */
async function runs(page) {
  const draw = drawing(SEED);
  const drawn = Array.from({ length: 3 }, () => [SURFACES[draw(SURFACES.length)], OPTIMIZERS[draw(OPTIMIZERS.length)]]);
  /** @type {Line[]} */
  const lines = [];
  for (const [surface, optimizer] of [["rosenbrock", "adam"], ...drawn]) {
    const times = await page.evaluate(inTurn, { surface, optimizer, runs: RUNS, steps: STEPS, rounds: ROUNDS });
    const of = (/** @type {(round: any) => number} */ value) => median(times.map(value));
    const what = `${RUNS.toLocaleString("en")} runs of ${STEPS.toLocaleString("en")} steps, ${optimizer} on ${surface}`;
    lines.push(
      { what: `${what}: a step of a run`, unit: "ns", value: of(({ lanes }) => lanes), runs: ROUNDS },
      { what: "  a JavaScript loop against it", unit: "times", value: of(({ js, lanes }) => js / lanes), least: 3, runs: ROUNDS },
      { what: "  it against a kernel of lanes derived by hand", unit: "times", value: of(({ lanes, kernel }) => lanes / kernel), limit: 1.25, runs: ROUNDS },
    );
    if (surface === "rosenbrock") {
      const { pair, ratio } = await twoWorkers(page);
      lines.push(
        { what: "  it against the floor: two divisions, two roots", unit: "times", value: of(({ lanes, floor }) => lanes / floor), runs: ROUNDS },
        { what: "  two workers against one thread", unit: "times", value: ratio, limit: 0.65, runs: ROUNDS },
        { what: "  two workers: a step of a run", unit: "ns", value: pair, runs: ROUNDS },
      );
    }
  }
  return lines;
}

/**
 * Runs in the page.
 * @param {{ surface: string, optimizer: string, runs: number, steps: number, rounds: number }} options
 */
async function inTurn({ surface, optimizer, runs, steps, rounds }) {
  const rivals = Reflect.get(window, "rivals");
  const rates = Float64Array.from({ length: runs }, (_, i) => 1e-4 + (0.05 * i) / runs);
  const query = `surface=${surface}&optimizer=${optimizer}&steps=${steps}&lr=1`;
  const gradients = {
    rosenbrock: ["-1.2", "1", "const u = y - x * x; gx = 2 * (x - 1) - 400 * x * u; gy = 200 * u;", "const u2 = y - x * x; loss = (x - 1) * (x - 1) + 100 * u2 * u2;"],
    beale: ["0.5", "-0.6", "const yy = y * y, y3 = yy * y, a = 1.5 - x + x * y, b = 2.25 - x + x * yy, c = 2.625 - x + x * y3; gx = 2 * (a * (y - 1) + b * (yy - 1) + c * (y3 - 1)); gy = 2 * (a * x + 2 * b * x * y + 3 * c * x * yy);", "const y2 = y * y, a2 = 1.5 - x + x * y, b2 = 2.25 - x + x * y2, c2 = 2.625 - x + x * y2 * y; loss = a2 * a2 + b2 * b2 + c2 * c2;"],
    himmelblau: ["4", "4.5", "const a = x * x + y - 11, b = x + y * y - 7; gx = 4 * x * a + 2 * b; gy = 2 * a + 4 * y * b;", "const a2 = x * x + y - 11, b2 = x + y * y - 7; loss = a2 * a2 + b2 * b2;"],
    booth: ["-5", "-5", "const a = x + 2 * y - 7, b = 2 * x + y - 5; gx = 2 * a + 4 * b; gy = 4 * a + 2 * b;", "const a2 = x + 2 * y - 7, b2 = 2 * x + y - 5; loss = a2 * a2 + b2 * b2;"],
  };
  const both = (/** @type {string} */ rule) => [rule.replaceAll("_", "x"), rule.replaceAll("_", "y")].join(" ");
  const rules = {
    adam: `p1 *= 0.9; p2 *= 0.999; const c1 = 1 / (1 - p1), c2 = 1 / (1 - p2); ${both("m_ = 0.9 * m_ + 0.1 * g_; v_ = 0.999 * v_ + 0.001 * g_ * g_; _ -= lr * (m_ * c1) / (Math.sqrt(v_ * c2) + 1e-8);")}`,
    rmsprop: both("v_ = 0.99 * v_ + 0.01 * g_ * g_; _ -= lr * g_ / (Math.sqrt(v_) + 1e-8);"),
    momentum: both("m_ = t === 0 ? g_ : 0.9 * m_ + g_; _ -= lr * m_;"),
    yogi: `p1 *= 0.9; p2 *= 0.999; const c1 = 1 / (1 - p1), c2 = 1 / (1 - p2); ${both("m_ = 0.9 * m_ + 0.1 * g_; v_ = v_ - 0.001 * Math.sign(v_ - g_ * g_) * g_ * g_; _ -= lr * (m_ * c1) / (Math.sqrt(v_ * c2) + 1e-3);")}`,
  };
  const [x0, y0, gradient, loss] = /** @type {Record<string, string[]>} */ (gradients)[surface];
  const rule = /** @type {Record<string, string>} */ (rules)[optimizer];
  const v0 = optimizer === "yogi" ? "1e-6" : "0";
  // One function for this surface and this rule, as a person would write it.
  const loop = new Function(
    "rates",
    "steps",
    `let sum = 0;
    for (let i = 0; i < rates.length; i++) {
      const lr = rates[i];
      let x = ${x0}, y = ${y0}, mx = 0, my = 0, vx = ${v0}, vy = ${v0}, p1 = 1, p2 = 1, gx = 0, gy = 0, loss = 0;
      for (let t = 0; t < steps; t++) { { ${gradient} } { ${rule} } { ${loss} } }
      if (Number.isFinite(loss)) sum += loss;
    }
    return sum;`,
  );
  const nanoseconds = (/** @type {() => unknown} */ work, /** @type {number} */ count) => {
    const before = performance.now();
    work();
    return ((performance.now() - before) * 1e6) / count;
  };
  const few = rates.filter((_, i) => i % 8 === 0);
  loop(few, steps);
  rivals.lanes(query, few);
  rivals.kernel(query, few);
  rivals.floor(512, steps);
  const times = [];
  for (let round = 0; round < rounds; round++) {
    times.push({
      lanes: nanoseconds(() => rivals.lanes(query, rates), runs * steps),
      js: nanoseconds(() => loop(few, steps), few.length * steps),
      kernel: nanoseconds(() => rivals.kernel(query, rates), runs * steps),
      floor: nanoseconds(() => rivals.floor(runs, steps), runs * steps),
    });
    await new Promise((resolve) => setTimeout(resolve));
  }
  return times;
}

/**
 * The time of a step of a run by two workers, and all of their time over that of one thread, for the same runs.
 * @param {Page} page
 */
async function twoWorkers(page) {
  return page.evaluate(
    async ({ runs, steps, rounds }) => {
      const core = Reflect.get(window, "explorer");
      const { Pool } = await import(new URL("pool.js", Reflect.get(window, "filesUrl")).href);
      const { explorerModules } = await import(new URL("explorer-core.js", Reflect.get(window, "filesUrl")).href);
      const pool = new Pool(core, explorerModules, () => {}, 2);
      const rates = Float64Array.from({ length: runs }, (_, i) => 1e-4 + (0.05 * i) / runs);
      const query = `surface=rosenbrock&steps=${steps}&lr=1`;
      const pieces = Array.from({ length: 16 }, (_, i) => ({ call: "sweep", words: [query, rates.slice((i * runs) / 16, ((i + 1) * runs) / 16)] }));
      const [ratios, times] = [[], []].map((list) => /** @type {number[]} */ (list));
      for (let round = -2; round < rounds; round++) {
        let before = performance.now();
        for (const { words } of pieces) core.sweep(...words);
        const one = performance.now() - before;
        before = performance.now();
        await pool.order(pieces, () => {}).done;
        const both = performance.now() - before;
        if (round < 0) continue;
        ratios.push(both / one);
        times.push((both * 1e6) / (runs * steps));
      }
      pool.free();
      const [ratio, pair] = [ratios, times].map((list) => list.sort((a, b) => a - b)[list.length >> 1]);
      return { ratio, pair };
    },
    { runs: RUNS, steps: STEPS, rounds: ROUNDS },
  );
}

/**
 * How much faster lanes are than one run at a time where there is exp, sin or cos.
 * @param {Page} page
 * @returns {Promise<Line[]>}
 */
async function transcendental(page) {
  const ratios = await page.evaluate(
    ({ surfaces, rounds }) => {
      const rivals = Reflect.get(window, "rivals");
      const rates = Float64Array.from({ length: 512 }, (_, i) => 1e-4 + (0.05 * i) / 512);
      const few = rates.filter((_, i) => i % 8 === 0);
      return surfaces.map((surface) => {
        const query = `surface=${surface}&steps=500&lr=1`;
        rivals.lanes(query, few);
        rivals.scalar(query, few);
        const each = Array.from({ length: rounds }, () => {
          const [a, , b] = [performance.now(), rivals.scalar(query, few), performance.now()];
          rivals.lanes(query, rates);
          return (8 * (b - a)) / (performance.now() - b);
        });
        return each.sort((a, b) => a - b)[each.length >> 1];
      });
    },
    { surfaces: TRANSCENDENTAL, rounds: ROUNDS },
  );
  const least = ratios.indexOf(Math.min(...ratios));
  return [{ what: `one run at a time against lanes, exp, sin, cos: least, ${TRANSCENDENTAL[least]}`, unit: "times", value: ratios[least], least: 2.2, runs: ROUNDS }];
}

/**
 * The exponents with which the cost grows in runs and in steps, over three decades each.
 * @param {Page} page
 * @returns {Promise<Line[]>}
 */
async function growth(page) {
  const exponents = await page.evaluate((rounds) => {
    const [core, rivals] = ["explorer", "rivals"].map((name) => Reflect.get(window, name));
    const rates = (/** @type {number} */ count) => Float64Array.from({ length: count }, (_, i) => 1e-4 + (0.05 * i) / count);
    const timed = (/** @type {() => void} */ work, /** @type {number} */ times) => {
      const before = performance.now();
      for (let i = 0; i < times; i++) work();
      return performance.now() - before;
    };
    // The clock ticks in tenths of a millisecond: small work is repeated until it fills 5 ms.
    const least = (/** @type {() => void} */ work) => {
      let times = 1;
      while (timed(work, times) < 5) times *= 2;
      return Math.min(...Array.from({ length: rounds }, () => timed(work, times))) / times;
    };
    const slope = (/** @type {number[][]} */ points) => {
      const logs = points.map((point) => point.map(Math.log));
      const [mx, my] = [0, 1].map((i) => logs.reduce((sum, point) => sum + point[i], 0) / logs.length);
      return logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
    };
    const sizes = [64, 640, 6400, 64000];
    return [
      slope(sizes.map((runs) => [runs, least(() => rivals.lanes("surface=rosenbrock&steps=100&lr=1", rates(runs)))])),
      slope([100, 1000, 10_000, 100_000].map((steps) => [steps, least(() => core.sweep(`surface=rosenbrock&steps=${steps}&lr=1`, rates(64)))])),
    ];
  }, 5);
  return ["runs", "steps"].map((what, i) => ({ what: `the cost grows with this power of the ${what}, over three decades`, unit: "", value: exponents[i], runs: 5 }));
}

/**
 * The valley: 128 rates of 500 steps with their verdicts, on the surface that takes longest.
 * @param {Page} page
 * @returns {Promise<Line[]>}
 */
async function sweeps(page) {
  const times = await page.evaluate((rounds) => {
    const core = Reflect.get(window, "explorer");
    const rates = core.ratesBetween("0.00001", "10", "128");
    return core.surfaces().map((/** @type {string} */ surface) => {
      const query = `surface=${surface}&steps=500`;
      for (let i = 0; i < 3; i++) core.soundingsAt(query, rates);
      const each = Array.from({ length: rounds }, () => {
        const before = performance.now();
        core.soundingsAt(query, rates);
        return performance.now() - before;
      });
      return { surface, time: each.sort((a, b) => a - b)[each.length >> 1] };
    });
  }, ROUNDS);
  const worst = times.reduce((/** @type {any} */ a, /** @type {any} */ b) => (b.time > a.time ? b : a));
  return [{ what: `128 rates of 500 steps with verdicts: most, ${worst.surface}`, unit: "ms", value: worst.time, limit: 8, runs: ROUNDS }];
}

/**
 * A map of 256 x 256 starts of 300 steps by two workers: to the coarse picture, and to the whole.
 * @param {Page} page
 * @returns {Promise<Line[]>}
 */
async function basins(page) {
  const [coarse, whole] = await page.evaluate(async (rounds) => {
    const core = Reflect.get(window, "explorer");
    const { Pool } = await import(new URL("pool.js", Reflect.get(window, "filesUrl")).href);
    const { explorerModules } = await import(new URL("explorer-core.js", Reflect.get(window, "filesUrl")).href);
    const pool = new Pool(core, explorerModules, () => {}, 2);
    /** @type {number[][]} */
    const times = [];
    for (let round = -1; round < rounds; round++) {
      const words = ["surface=himmelblau&steps=300&lr=0.1", 0, new Uint32Array([256, 256])];
      const tiles = [[0, 256, 8, 0, 256, 8], ...Array.from({ length: 32 }, (_, i) => [0, 256, 1, 8 * i, 8 * i + 8, 1])];
      let first = 0;
      const before = performance.now();
      await pool.order(
        tiles.map((tile) => ({ call: "basinTile", words: [...words, new Uint32Array(tile)] })),
        (/** @type {unknown} */ _, /** @type {number} */ index) => index === 0 && (first = performance.now() - before),
      ).done;
      if (round >= 0) times.push([first, performance.now() - before]);
    }
    pool.free();
    return [0, 1].map((i) => times.map((time) => time[i]).sort((a, b) => a - b)[times.length >> 1]);
  }, ROUNDS);
  return [
    { what: "256 x 256 starts of 300 steps, two workers: coarse picture", unit: "ms", value: coarse, limit: 50, runs: ROUNDS },
    { what: "256 x 256 starts of 300 steps, two workers: whole", unit: "ms", value: whole, limit: 300, runs: ROUNDS },
  ];
}

/**
 * Two libraries on the same function, starts and rates in the same page: TensorFlow.js' Adam, and fmin's gradient descent.
 * @param {Page} page
 * @param {string} folder where they were installed
 * @returns {Promise<Line[]>}
 */
async function others(page, folder) {
  await page.addScriptTag({ path: join(folder, "node_modules/@tensorflow/tfjs/dist/tf.min.js") });
  await page.addScriptTag({ path: join(folder, "node_modules/fmin/build/fmin.min.js") });
  const draw = drawing(SEED + 1);
  const cases = Array.from({ length: 4 }, () => ({ x: draw(300) / 100 - 1.5, y: draw(300) / 100 - 1, lr: [0.003, 0.01, 0.03][draw(3)] }));
  const { tfjs, fmin, core } = await page.evaluate(async (cases) => {
    const [tf, fmin, core] = ["tf", "fmin", "explorer"].map((name) => Reflect.get(window, name));
    await tf.setBackend("cpu");
    const steps = 200;
    const times = { tfjs: 0, fmin: 0, core: 0 };
    let fminSteps = 0;
    for (const { x, y, lr } of cases) {
      const [a, b] = [tf.variable(tf.scalar(x)), tf.variable(tf.scalar(y))];
      const adam = tf.train.adam(lr);
      const loss = () => tf.add(tf.square(tf.sub(a, 1)), tf.mul(100, tf.square(tf.sub(b, tf.square(a)))));
      let before = performance.now();
      for (let t = 0; t < steps; t++) tf.tidy(() => adam.minimize(loss));
      times.tfjs += performance.now() - before;
      const slope = (/** @type {number[]} */ p, /** @type {number[]} */ g) => {
        fminSteps += 1;
        const bend = p[1] - p[0] * p[0];
        g[0] = 2 * (p[0] - 1) - 400 * p[0] * bend;
        g[1] = 200 * bend;
        return (p[0] - 1) ** 2 + 100 * bend * bend;
      };
      before = performance.now();
      fmin.gradientDescentLineSearch(slope, [x, y], { maxIterations: steps, learnRate: lr });
      times.fmin += performance.now() - before;
      const rates = new Float64Array(512).fill(lr);
      before = performance.now();
      core.sweep(`surface=rosenbrock&steps=${steps}&start=${x},${y}&lr=1`, rates);
      times.core += performance.now() - before;
    }
    const count = steps * cases.length;
    return { tfjs: times.tfjs / count, fmin: times.fmin / fminSteps, core: times.core / (512 * count) };
  }, cases);
  return [
    { what: "a step of TensorFlow.js’ Adam against one of the core’s many", unit: "times", value: tfjs / core, runs: 4 },
    { what: "an evaluation of fmin’s line search against a step of the core", unit: "times", value: fmin / core, runs: 4 },
  ];
}
