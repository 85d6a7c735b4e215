// Names that do not lie on one another or on marks: each takes the first free of eight spots, or none.

const GAP = 3;
const MOST = 5_000; // widths remembered
const widths = new Map();
let measuring = null;

/** The width of a text in pixels, in the font of the page. */
export function textWidth(text, size, bold = false) {
  measuring ??= { canvas: document.createElement("canvas").getContext("2d"), family: getComputedStyle(document.documentElement).fontFamily };
  const key = `${bold}${size}${text}`;
  if (widths.has(key)) return widths.get(key);
  if (widths.size > MOST) widths.clear();
  measuring.canvas.font = `${bold ? "bold " : ""}${size}px ${measuring.family}`;
  const { width } = measuring.canvas.measureText(text);
  widths.set(key, width);
  return width;
}

export function shortened(text, most) {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

/** A text in lines of a width at most: broken at spaces and between Chinese letters, within a word where it is too long. */
export function wrapped(text, width, size) {
  const lines = [""];
  for (const piece of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]{1,24}|\s+/gu) ?? []) {
    const last = lines.length - 1;
    if (textWidth(lines[last] + piece.trimEnd(), size) <= width) lines[last] += piece;
    else lines.push(piece.trimStart());
  }
  return lines.map((line) => line.trim()).filter(Boolean);
}

/** Room in a picture of a size: what is taken is not given again. */
export class Room {
  constructor(width, height) { Object.assign(this, { width, height, taken: [] }); }

  take(box) { this.taken.push(box); }

  free([x0, y0, x1, y1]) {
    if (x0 < 1 || y0 < 1 || x1 > this.width - 1 || y1 > this.height - 1) return false;
    return this.taken.every((box) => x1 < box[0] || x0 > box[2] || y1 < box[1] || y0 > box[3]);
  }

  /** A spot for a text of a size beside a circle: {x, y} of the start of its base line; null where there is none. */
  beside(text, [x, y], radius, size, { bold = false, force = false }) {
    const width = textWidth(text, size, bold);
    const [right, left] = [x + radius + GAP, x - radius - GAP - width];
    const [above, below, middle] = [y - radius - GAP, y + radius + GAP + size * 0.8, y + size * 0.35];
    const slant = radius * 0.7;
    const spots = [
      [right, middle], [left, middle], [x - width / 2, above], [x - width / 2, below],
      [x + slant + GAP, y - slant - GAP], [x + slant + GAP, y + slant + GAP + size * 0.8],
      [x - slant - GAP - width, y - slant - GAP], [x - slant - GAP - width, y + slant + GAP + size * 0.8],
    ];
    for (const [sx, sy] of spots) {
      const box = [sx - 1, sy - size * 0.85, sx + width + 1, sy + size * 0.25];
      if (this.free(box)) {
        this.take(box);
        return { x: sx, y: sy };
      }
    }
    return force ? { x: spots[0][0], y: spots[0][1] } : null;
  }
}
