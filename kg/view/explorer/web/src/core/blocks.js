// The data of the page: base64 of gzip in elements of their own, never text that is parsed as HTML.

/** The bytes of a block as they lie in the page, still compressed; null where there is none. */
export function compressed(name) {
  const element = document.getElementById(`kg-${name}`);
  if (!element) return null;
  const text = element.textContent.trim();
  element.remove(); // The text is not needed twice.
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** The bytes that gzip packed. Not by way of a Blob, which WebKit cannot read in a worker of a page from a file. */
export async function unpacked(bytes) {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  writer.write(bytes).then(() => writer.close(), () => {}); // What is wrong with the bytes is told by the reader.
  return new Uint8Array(await new Response(readable).arrayBuffer());
}

export async function json(name) {
  const bytes = compressed(name);
  return bytes ? JSON.parse(new TextDecoder().decode(await unpacked(bytes))) : null;
}

export async function columns(name) {
  const bytes = compressed(name);
  return bytes ? arrays(await unpacked(bytes)) : null;
}

/** Columns of numbers by name, as `array_block` of kg/view/explorer/blocks.py writes them. */
export function arrays(bytes) {
  const line = bytes.indexOf(10);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, line)));
  const found = {};
  let at = line + 1;
  for (const [name, way, count, length] of head) {
    const part = bytes.slice(at, at + length);
    found[name] = way === "f" ? new Float32Array(part.buffer) : way === "p" ? planes(part, count) : differences(part, count);
    at += length;
  }
  return found;
}

function planes(bytes, count) {
  const found = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) {
    found[i] = bytes[i] | (bytes[i + count] << 8) | (bytes[i + 2 * count] << 16) | (bytes[i + 3 * count] << 24);
  }
  return found;
}

function differences(bytes, count) {
  const found = new Uint32Array(count);
  let at = 0;
  let value = 0;
  for (let i = 0; i < count; i += 1) {
    let number = 0;
    let weight = 1;
    let byte;
    do {
      byte = bytes[at];
      at += 1;
      number += (byte & 127) * weight;
      weight *= 128;
    } while (byte > 127);
    value += number % 2 ? -(number + 1) / 2 : number / 2;
    found[i] = value;
  }
  return found;
}
