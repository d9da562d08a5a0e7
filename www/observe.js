// Where elements are: whether they are in the window or near it, and when their size changes, also in browsers that do not
// tell by themselves.

/**
 * @param {Element} element
 * @param {number} [margin] how far outside the window still counts, in CSS pixels
 */
export function isInWindow(element, margin = 0) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom >= -margin && top <= innerHeight + margin;
}

/** How far outside the window an element is near it, in CSS pixels. */
const NEAR = 300;

/** What is told of each element that is watched. @type {Map<Element, (isNear: boolean) => void>} */
const watched = new Map();
/** One for all, which tells of them in the order of the page. @type {IntersectionObserver | undefined} */
let near;

/** Whether an element is near the window, or nobody can tell. @param {Element} element */
export function isNear(element) {
  return typeof IntersectionObserver !== "function" || isInWindow(element, NEAR);
}

/**
 * @param {Element} element
 * @param {(isNear: boolean) => void} act called at the start, and when the element comes near the window or leaves
 */
export function observeNear(element, act) {
  if (typeof IntersectionObserver !== "function") {
    act(true);
    return;
  }
  near ??= new IntersectionObserver(
    (entries) => {
      // The last of an element's entries is how it is now.
      for (const [target, isIntersecting] of new Map(entries.map((entry) => [entry.target, entry.isIntersecting]))) watched.get(target)?.(isIntersecting);
    },
    { rootMargin: `${NEAR}px` },
  );
  watched.set(element, act);
  near.observe(element);
}

/** @param {Element} element */
export function leaveAlone(element) {
  near?.unobserve(element);
  watched.delete(element);
}

/**
 * @param {Element} element
 * @param {(entry: ResizeObserverEntry | undefined) => void} act called once at the start, and when the size changed
 * @returns {() => void} ends it
 */
export function observeSize(element, act) {
  if (typeof ResizeObserver !== "function") {
    const look = () => act(undefined);
    requestAnimationFrame(look);
    addEventListener("resize", look);
    return () => removeEventListener("resize", look);
  }
  const observer = new ResizeObserver((entries) => act(entries[0]));
  try {
    observer.observe(element, { box: "device-pixel-content-box" });
  } catch {
    observer.observe(element);
  }
  return () => observer.disconnect();
}
