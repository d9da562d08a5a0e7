// A worker from the page itself.
import source from "./worker.bundle.txt";

export function startWorker() {
  const blob = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(blob);
  worker.addEventListener("message", () => URL.revokeObjectURL(blob), { once: true });
  return worker;
}
