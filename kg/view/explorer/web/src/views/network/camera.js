// From the plane of the layout to the screen: a scale and a shift, with movements that take a moment.

const MARGIN = 36;
const DURATION = 260;
const CLOSEST = 400;

export class Camera {
  constructor() {
    Object.assign(this, { scale: 0.01, left: 0, top: 0, width: 0, height: 0, base: 0.01, boost: 1, fitted: true, travel: null });
  }

  x(x) { return x * this.scale + this.left; }
  y(y) { return y * this.scale + this.top; }
  worldX(x) { return (x - this.left) / this.scale; }
  worldY(y) { return (y - this.top) / this.scale; }

  /** How much larger nodes are drawn than when the whole is seen; a few are drawn larger from the start. */
  get growth() { return this.boost * Math.min(3, Math.max(0.8, (this.scale / this.base) ** 0.4)); }

  copy() { return { scale: this.scale, left: this.left, top: this.top }; }

  pan(dx, dy) {
    this.travel = null;
    this.left += dx;
    this.top += dy;
    this.fitted = false;
  }

  /** Zoom about a point of the screen. */
  zoom(factor, x = this.width / 2, y = this.height / 2) {
    this.travel = null;
    const scale = Math.min(this.base * CLOSEST, Math.max(this.base / 8, this.scale * factor));
    this.left = x - (x - this.left) * (scale / this.scale);
    this.top = y - (y - this.top) * (scale / this.scale);
    this.scale = scale;
    this.fitted = false;
  }

  /** Where the camera must be to show a box, with room for labels beside it and for what lies over the picture. */
  toFit([left, top, right, bottom], closest = Infinity, inset = { left: 0, right: 0, top: 0 }) {
    const [width, height] = [this.width - inset.left - inset.right, this.height - inset.top];
    const across = Math.max(right - left, 1e-6);
    const down = Math.max(bottom - top, 1e-6);
    const scale = Math.min((width - 2.4 * MARGIN) / across, (height - 2 * MARGIN) / down, closest);
    const safe = Math.max(scale, 1e-9);
    return { scale: safe, left: inset.left + width / 2 - ((left + right) / 2) * safe, top: inset.top + height / 2 - ((top + bottom) / 2) * safe };
  }

  /** Where the camera must be to have a point in the middle, no further away than now and at least so close. */
  toPoint(x, y, scale = this.scale) {
    return { scale, left: this.width / 2 - x * scale, top: this.height / 2 - y * scale };
  }

  /** Go there, at once where movement is not wanted. */
  go(there, fitted, now = performance.now(), smooth = true) {
    this.fitted = fitted;
    if (!smooth || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.travel = null;
      Object.assign(this, there);
    } else this.travel = { from: this.copy(), to: there, start: now };
  }

  /** Take the next step of a movement; whether it goes on. */
  step(now) {
    if (!this.travel) return false;
    const { from, to, start } = this.travel;
    const part = Math.min(1, Math.max(0, (now - start) / DURATION));
    const eased = part * part * (3 - 2 * part);
    // Scales multiply, so that both ends of the movement feel alike; the middle of the screen moves evenly.
    this.scale = from.scale * (to.scale / from.scale) ** eased;
    const middle = (camera, size, shift) => (size / 2 - camera[shift]) / camera.scale;
    const between = (a, b) => a + (b - a) * eased;
    this.left = this.width / 2 - between(middle(from, this.width, "left"), middle(to, this.width, "left")) * this.scale;
    this.top = this.height / 2 - between(middle(from, this.height, "top"), middle(to, this.height, "top")) * this.scale;
    if (part >= 1) {
      Object.assign(this, to);
      this.travel = null;
    }
    return true;
  }
}
