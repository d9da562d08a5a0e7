import { defineConfig } from "vite";

export default defineConfig({
  // Relative addresses: the result works in any folder of a site.
  base: "./",
  // The development server would move the modules away from the core that lies beside them.
  optimizeDeps: { exclude: ["adam-scope"] },
});
