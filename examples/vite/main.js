import "adam-scope";
import { init, trace } from "adam-scope/core";

// The core gives the same numbers to scripts.
init().then(() => {
  const items = trace("surface=beale&lr=0.01,0.1,1").map(({ label, message }) => {
    const item = document.createElement("li");
    item.textContent = `${label}: ${message}`;
    return item;
  });
  document.querySelector("#verdicts").append(...items);
});
