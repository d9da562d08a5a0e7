// Elements take turns with what takes long, one a frame: the first figure waits for no other, and a page that is scrolled
// never stands still for several.

/** How long a turn lasts at most, in milliseconds: a tab that is hidden draws no frames. */
const LONGEST = 1000;

/** @type {{ isWanted: () => boolean, resolve: (isTurn: boolean) => void }[]} */
const waiting = [];
let busy = false;

function next() {
  busy = false;
  while (waiting.length > 0 && !busy) {
    const { isWanted, resolve } = /** @type {(typeof waiting)[0]} */ (waiting.shift());
    busy = isWanted();
    resolve(busy);
  }
  if (!busy) return;
  let isOver = false;
  const over = () => {
    if (!isOver) next();
    isOver = true;
  };
  // After the frame, and after the observers have told what has come near in it.
  requestAnimationFrame(() => setTimeout(() => setTimeout(over)));
  setTimeout(over, document.hidden ? 0 : LONGEST);
}

/**
 * Waits for a turn.
 * @param {() => boolean} isWanted asked when it comes; if not, the next one has it
 * @returns {Promise<boolean>} whether it is still wanted
 */
export function turn(isWanted) {
  return new Promise((resolve) => {
    waiting.push({ isWanted, resolve });
    if (!busy) next();
  });
}
