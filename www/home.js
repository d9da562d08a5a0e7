// Where the page of Adam Scope is that goes with these modules; the packages, which have none beside them, say "".
export const home = import.meta.url ? new URL(".", import.meta.url).href : "";
