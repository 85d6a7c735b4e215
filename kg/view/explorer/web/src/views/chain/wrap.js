// Text in lines that fit a width, measured as the page draws it; Chinese may break between any two characters.

const FAMILY = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const PIECES = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|\s+/gu;
const NOT_FIRST = /^[，。、；：！？）》」』”’）)]/u;
let context = null;

export function widthOf(text, size, weight = 400) {
  context ??= document.createElement("canvas").getContext("2d");
  context.font = `${weight} ${size}px ${FAMILY}`;
  return context.measureText(text).width;
}

/** At most so many lines; what does not fit ends in an ellipsis. */
export function wrap(text, width, most, size, weight = 400) {
  const lines = [];
  let line = "";
  for (const piece of text.slice(0, 400).match(PIECES) ?? []) {
    for (const part of fitting(piece, width, size, weight)) {
      if (!line && !part.trim()) continue;
      if (line && !NOT_FIRST.test(part) && widthOf(line + part.trimEnd(), size, weight) > width) {
        lines.push(line.trimEnd());
        line = part.trimStart();
      } else line += part;
    }
  }
  if (line.trim()) lines.push(line.trimEnd());
  if (lines.length <= most) return lines;
  let last = lines[most - 1];
  while (last && widthOf(`${last}…`, size, weight) > width) last = last.slice(0, -1);
  return [...lines.slice(0, most - 1), `${last}…`];
}

/** The lines, and the size, down to three quarters, at which no word has to be broken. */
export function fitted(text, width, most, size, weight) {
  const words = text.slice(0, 400).match(PIECES) ?? [];
  const widest = Math.max(1, ...words.map((word) => widthOf(word, size, weight)));
  const smaller = widest <= width ? size : Math.max(size * 0.76, Math.floor((size * width * 10) / widest) / 10);
  return { lines: wrap(text, width, most, smaller, weight), size: smaller };
}

/** A word in parts none of which is wider than a line. */
function fitting(piece, width, size, weight) {
  if (widthOf(piece, size, weight) <= width) return [piece];
  const parts = [];
  let part = "";
  for (const character of piece) {
    if (part && widthOf(part + character, size, weight) > width) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part];
}
