// There is no page beside this.
export const home = "";
