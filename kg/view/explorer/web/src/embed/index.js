// How a page that embeds this one talks to it: messages over a port, from origins that the file allows.

/** Listen for the embedding page. */
export function embed(_app) {}
