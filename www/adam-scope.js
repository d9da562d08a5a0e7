// Registers <adam-scope>. Importing it twice, or two copies of it, is harmless.
import { AdamScope } from "./element.js";

if (!customElements.get("adam-scope")) customElements.define("adam-scope", AdamScope);

export { AdamScope };
