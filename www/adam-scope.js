// Registers <adam-scope>. Importing it twice, or two copies of it, is harmless; on a server it does nothing.
import { AdamScope } from "./element.js";

if (globalThis.customElements && !customElements.get("adam-scope")) customElements.define("adam-scope", AdamScope);

export { AdamScope };
