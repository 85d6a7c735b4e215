// Mouse, fingers and keys on the canvas.

const STILL = 5;
const TWICE = 400;
const STEP = 60;
const CLOSER = 1.3;

/**
 * Listen on the canvas of a stage.
 * @param told {click(node, edge), twice(node), hover(node, edge, x, y), enter(node), escape(), fit()}
 */
export function listen(stage, told) {
  const { canvas } = stage;
  const fingers = new Map();
  let begun = null;
  let last = { node: -1, time: 0 };
  let looked = 0;

  const spot = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const look = (at) => {
    cancelAnimationFrame(looked);
    looked = requestAnimationFrame(() => {
      const node = stage.nodeAt(at.x, at.y);
      told.hover(node, node < 0 ? stage.edgeAt(at.x, at.y) : -1, at.x, at.y);
    });
  };
  const leave = () => { cancelAnimationFrame(looked); told.hover(-1, -1, 0, 0); };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    canvas.setPointerCapture?.(event.pointerId);
    fingers.set(event.pointerId, spot(event));
    begun = fingers.size === 1 ? { ...spot(event), moved: false } : null;
    leave();
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = spot(event);
    const before = fingers.get(event.pointerId);
    if (!before) { if (event.pointerType !== "touch") look(at); return; }
    if (fingers.size === 1) {
      if (begun && !begun.moved && Math.hypot(at.x - begun.x, at.y - begun.y) < STILL) return;
      if (begun) begun.moved = true;
      stage.dragging = true;
      canvas.classList.add("held");
      stage.pan(at.x - before.x, at.y - before.y);
    } else if (fingers.size === 2) {
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, each]) => each);
      const [was, is] = [Math.hypot(before.x - other.x, before.y - other.y), Math.hypot(at.x - other.x, at.y - other.y)];
      stage.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
      if (was > 0) stage.zoom(is / was, (at.x + other.x) / 2, (at.y + other.y) / 2);
    }
    fingers.set(event.pointerId, at);
  });
  const end = (event) => {
    const held = fingers.delete(event.pointerId);
    stage.dragging = false;
    canvas.classList.remove("held");
    stage.redraw();
    if (!held || event.type === "pointercancel" || !begun || begun.moved) return;
    const at = spot(event);
    begun = null;
    const node = stage.nodeAt(at.x, at.y);
    // The second click of a double one means what the first did, though the panel beside may have moved the picture.
    if (last.node >= 0 && event.timeStamp - last.time < TWICE) {
      told.twice(last.node);
      last = { node: -1, time: 0 };
      return;
    }
    last = { node, time: event.timeStamp };
    told.click(node, node < 0 ? stage.edgeAt(at.x, at.y) : -1);
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  canvas.addEventListener("pointerleave", leave);
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const at = spot(event);
    const lines = event.deltaMode === 1 ? 20 : 1;
    stage.zoom(Math.exp(-Math.max(-200, Math.min(200, event.deltaY * lines)) * (event.ctrlKey ? 0.01 : 0.0018)), at.x, at.y);
  }, { passive: false });

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way && event.shiftKey) told.cursor(stage.grid.beside(stage.camera, stage.marks.cursor, ...way));
    else if (way) stage.pan(-way[0] * STEP, -way[1] * STEP);
    else if (event.key === "+" || event.key === "=") stage.zoom(CLOSER);
    else if (event.key === "-" || event.key === "_") stage.zoom(1 / CLOSER);
    else if (event.key === "0") told.fit();
    else if (event.key === "Enter" || event.key === " ") told.enter();
    else if (event.key === "Escape") told.escape();
    else return;
    event.preventDefault();
  });
}
