// A file on a disk is offline anyway.
export function keepOffline() {}
