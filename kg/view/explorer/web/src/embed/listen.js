// What an embedding page sends before there is anyone to answer it.

const MOST_WAITING = 8;

/** Begin to listen before the data are unpacked; what the embedding page sends until then is kept. */
export function listen() {
  const waiting = [];
  let take = (event) => { if (waiting.length < MOST_WAITING) waiting.push(event); };
  if (window.parent === window) return { start() {} };
  window.addEventListener("message", (event) => { if (event.source === window.parent) take(event); });
  return {
    start(handle) {
      take = handle;
      waiting.splice(0).forEach(handle);
    },
  };
}
