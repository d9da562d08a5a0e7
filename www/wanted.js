// Tells when a visitor may want more than the first view.

/** A hand on the page, in whichever way. */
const HANDS = ["pointerdown", "touchstart", "wheel", "keydown", "scroll"];

/** As much of a section has to be in the window, in CSS pixels: less is its margin. */
const SEEN = 80;

/**
 * Resolves once there is a hand on the page, or one of the sections lies in the window, above what covers its lower edge.
 * @param {Element[]} sections
 * @param {number} covered in CSS pixels
 */
export function wanted(sections, covered) {
  return /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      const done = new AbortController();
      const want = () => {
        done.abort();
        observer.disconnect();
        resolve();
      };
      const observer = new IntersectionObserver(
        (entries) => {
          if (entries.some((entry) => entry.isIntersecting)) want();
        },
        { rootMargin: `0px 0px -${covered + SEEN}px` },
      );
      for (const section of sections) observer.observe(section);
      for (const hand of HANDS) addEventListener(hand, want, { capture: true, passive: true, signal: done.signal });
    })
  );
}
