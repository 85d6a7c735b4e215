// Where things stand in the picture: a projection fitted to the points, a view of it, graticule and scale.
import { geoConicConformal, geoDistance, geoNaturalEarth1 } from "d3-geo";

const EARTH = 6371.0088; // mean radius, km
const STEPS = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01];
const FAR = 3;
const NEAREST_FAR = 500 / EARTH;
const ZOOM = [0.08, 200];

/** The points that lie together; one several times as far from their middle as most is left out. */
export function together(points) {
  if (points.length < 4) return points;
  const middle = (axis) => quantile(points.map((point) => point[axis]), 0.5);
  const centre = [middle(0), middle(1)];
  const far = points.map((point) => geoDistance(point, centre));
  const limit = Math.max(FAR * quantile(far, 0.75), NEAREST_FAR);
  return points.filter((_point, i) => far[i] <= limit);
}

function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * part)];
}

/** A projection that is true to shape around points [longitude, latitude], fitted to a size; the whole earth where they lie far apart. */
export function projectionFor(points, width, height, margin) {
  const shown = points.length ? points : [[0, 0]];
  const [west, east] = span(shown.map((point) => point[0]), 1);
  const [south, north] = span(shown.map((point) => point[1]), 1);
  const wide = east - west > 150 || north - south > 80;
  const projection = wide
    ? geoNaturalEarth1().rotate([-(west + east) / 2, 0])
    : geoConicConformal().rotate([-(west + east) / 2, 0])
      .parallels([south + (north - south) / 6, north - (north - south) / 6]);
  const corners = [[west, south], [west, north], [east, south], [east, north]];
  const room = [[margin, margin], [Math.max(margin + 1, width - margin), Math.max(margin + 1, height - margin)]];
  return projection.fitExtent(room, { type: "MultiPoint", coordinates: [...shown, ...(shown.length < 3 ? corners : [])] });
}

function span(values, least) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return high - low >= least ? [low, high] : [(low + high - least) / 2, (low + high + least) / 2];
}

/** A view of a projection: a magnification about a point of the earth that is in the middle. */
export class View {
  constructor(projection, width, height) {
    Object.assign(this, { projection, width, height, k: 1 });
    this.fitted = projection.invert([width / 2, height / 2]);
    this.centre = this.fitted;
  }

  get moved() { return this.k !== 1 || this.centre !== this.fitted; }

  /** What the projection's pixels are multiplied by and moved by. */
  get transform() {
    const [x, y] = this.projection(this.centre);
    return { k: this.k, x: this.width / 2 - this.k * x, y: this.height / 2 - this.k * y };
  }

  place([longitude, latitude]) {
    const { k, x, y } = this.transform;
    const [px, py] = this.projection([longitude, latitude]);
    return [k * px + x, k * py + y];
  }

  invert([sx, sy]) {
    const { k, x, y } = this.transform;
    return this.projection.invert([(sx - x) / k, (sy - y) / k]);
  }

  fit() {
    this.k = 1;
    this.centre = this.fitted;
  }

  pan(dx, dy) { this.#centreOn([this.width / 2 - dx, this.height / 2 - dy]); }

  /** Magnify so that what is at a pixel stays there. */
  zoom(factor, [sx, sy] = [this.width / 2, this.height / 2]) {
    const k = Math.min(ZOOM[1], Math.max(ZOOM[0], this.k * factor));
    const real = k / this.k;
    const aim = [sx + (this.width / 2 - sx) / real, sy + (this.height / 2 - sy) / real];
    if (this.#centreOn(aim)) this.k = k;
  }

  /** Show all of some points. */
  show(points, margin = 60) {
    if (!points.length) return;
    const pixels = points.map((point) => this.place(point));
    const [x0, x1, y0, y1] = [0, 1].flatMap((axis) => {
      const values = pixels.map((pixel) => pixel[axis]);
      return [Math.min(...values), Math.max(...values)];
    });
    if (!this.#centreOn([(x0 + x1) / 2, (y0 + y1) / 2])) return;
    const room = Math.min((this.width - 2 * margin) / Math.max(x1 - x0, 1), (this.height - 2 * margin) / Math.max(y1 - y0, 1));
    this.k = Math.min(Math.max(this.k * room, ZOOM[0]), Math.max(this.k, 6));
  }

  #centreOn(pixel) {
    const point = this.invert(pixel);
    const found = point && point.every(Number.isFinite) && Math.abs(point[1]) < 89 && Math.abs(point[0]) <= 180;
    if (found) this.centre = point;
    return found;
  }
}

/** Lines of latitude and longitude: {path, label, at: where it meets the left or the lower edge}. */
export function graticule(view, bottom) {
  const { width, height } = view;
  const edge = [];
  for (let i = 0; i <= 8; i += 1) {
    for (const pixel of [[(width * i) / 8, 0], [(width * i) / 8, height], [0, (height * i) / 8], [width, (height * i) / 8]]) {
      const point = view.invert(pixel);
      if (point?.every(Number.isFinite)) edge.push(point);
    }
  }
  if (!edge.length) return [];
  const middle = view.centre[0];
  const east = edge.map(([longitude]) => turned(longitude - middle));
  const [west, east1] = [middle + Math.min(...east), middle + Math.max(...east)];
  const [south, north] = [Math.max(-85, Math.min(...edge.map((p) => p[1]))), Math.min(85, Math.max(...edge.map((p) => p[1])))];
  const step = STEPS.findLast((each) => (Math.max(east1 - west, 1e-6) / each) <= Math.max(width / 110, 3)
    && ((north - south) / each) <= Math.max(height / 80, 3)) ?? STEPS[0];
  const lines = [];
  for (const longitude of multiples(west, east1, step)) {
    const points = along(south - step, north + step, (latitude) => [longitude, Math.min(89, Math.max(-89, latitude))]);
    lines.push(line(view, points, degrees(turned(longitude), "E", "W"), 1, bottom));
  }
  for (const latitude of multiples(south, north, step)) {
    const points = along(west - step, east1 + step, (longitude) => [longitude, latitude]);
    lines.push(line(view, points, degrees(latitude, "N", "S"), 0, 0));
  }
  return lines;
}

function multiples(from, to, step) {
  const found = [];
  for (let i = Math.ceil(from / step); i * step <= to && found.length < 200; i += 1) found.push(Number((i * step).toFixed(4)));
  return found;
}

function along(from, to, point) { return Array.from({ length: 33 }, (_each, i) => point(from + ((to - from) * i) / 32)); }

function line(view, points, label, axis, value) {
  const pixels = points.map((point) => view.place(point)).filter((pixel) => pixel.every(Number.isFinite));
  let at = null;
  for (let i = 1; i < pixels.length && !at; i += 1) {
    const [a, b] = [pixels[i - 1], pixels[i]];
    if ((a[axis] - value) * (b[axis] - value) <= 0 && a[axis] !== b[axis]) {
      const part = (value - a[axis]) / (b[axis] - a[axis]);
      at = [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])];
    }
  }
  return { path: `M${pixels.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}`, label, at, meridian: axis === 1 };
}

function turned(longitude) { return ((((longitude + 180) % 360) + 360) % 360) - 180; }

function degrees(value, plus, minus) {
  const size = Number(Math.abs(value).toFixed(2));
  return `${size}°${size === 0 || size === 180 ? "" : value > 0 ? plus : minus}`;
}

/** A length that is a round number of kilometres, true at the middle of the picture: {kilometres, pixels}. */
export function scale(view, most = 120) {
  const [cx, cy] = [view.width / 2, view.height / 2];
  const kilometres = geoDistance(view.invert([cx - 20, cy]), view.invert([cx + 20, cy])) * EARTH / 40;
  if (!(kilometres > 0)) return null;
  const power = 10 ** Math.floor(Math.log10(kilometres * most));
  const nice = [5, 2, 1].find((each) => each * power <= kilometres * most) * power;
  return { kilometres: nice, pixels: nice / kilometres };
}

export function round(value) { return Math.round(value * 10) / 10; }
