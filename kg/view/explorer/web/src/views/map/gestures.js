// Moving about in the picture: drag, wheel, pinch, double click, and keys.

const KEYS = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
const STILL = 4;

/**
 * Listen on an element for moves of a view.
 * @param get gives the view
 * @param told called with "moving" after a change, with "moved" at the end of one
 * @param picked called with the element that was clicked
 */
export function gestures(element, get, told, picked) {
  const held = new Map();
  let travelled = 0;
  const at = (event) => {
    const box = element.getBoundingClientRect();
    const { width, height } = get();
    return [((event.clientX - box.left) * width) / box.width, ((event.clientY - box.top) * height) / box.height];
  };
  const spread = () => {
    const [a, b] = [...held.values()];
    return { size: Math.hypot(a[0] - b[0], a[1] - b[1]) || 1, middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] };
  };

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (!held.size) travelled = 0;
    held.set(event.pointerId, at(event));
  });
  element.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = at(event);
    if (held.size === 1) {
      travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
      if (travelled < STILL) return;
      element.setPointerCapture(event.pointerId);
      held.set(event.pointerId, now);
      get().pan(now[0] - before[0], now[1] - before[1]);
    } else if (held.size === 2) {
      travelled += STILL;
      const old = spread();
      held.set(event.pointerId, now);
      const next = spread();
      get().pan(next.middle[0] - old.middle[0], next.middle[1] - old.middle[1]);
      get().zoom(next.size / old.size, next.middle);
    }
    told("moving");
  });
  const end = (event) => {
    if (!held.delete(event.pointerId) || held.size) return;
    if (travelled >= STILL) told("moved");
    else if (event.type === "pointerup") picked(event.target);
  };
  element.addEventListener("pointerup", end);
  element.addEventListener("pointercancel", end);
  element.addEventListener("wheel", (event) => {
    event.preventDefault();
    const pixels = event.deltaMode === 1 ? event.deltaY * 33 : event.deltaY;
    get().zoom(Math.exp(-Math.max(-200, Math.min(200, pixels)) / (event.ctrlKey ? 120 : 400)), at(event));
    told("moved");
  }, { passive: false });
  element.addEventListener("dblclick", (event) => {
    get().zoom(event.shiftKey ? 0.5 : 2, at(event));
    told("moved");
  });
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in KEYS) get().pan(...KEYS[event.key]);
    else if (event.key === "+" || event.key === "=") get().zoom(1.4);
    else if (event.key === "-") get().zoom(1 / 1.4);
    else if (event.key === "0") get().fit();
    else return;
    event.preventDefault();
    told("moved");
  });
}
