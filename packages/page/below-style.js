// The style sheet is in the page already.
export async function styleBelow() {}
