// Where the page is: these modules lie in a folder named by its content, `files/HASH/`, below it.
export const home = new URL("../../", import.meta.url).href;
