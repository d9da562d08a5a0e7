// The style sheet of what stands below the first view.

/** Resolves once it is in force, and also where it cannot be had: what it is for works without. */
export function styleBelow() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("./below.css", import.meta.url).href;
  return /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      link.addEventListener("load", () => resolve());
      link.addEventListener("error", () => resolve());
      document.head.append(link);
    })
  );
}
