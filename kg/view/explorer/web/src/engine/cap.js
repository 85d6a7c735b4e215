// A limit on the rows of a SELECT, put around it, so that no answer fills the memory.

const PROLOGUE = /^(?:\s+|#[^\r\n]*|BASE\s*<[^<>]*>|PREFIX\s+[^\s:]*:\s*<[^<>]*>)*/i;

/** SELECT, ASK, CONSTRUCT or DESCRIBE; another first word where it is none of them. */
export function formOf(text) {
  return /^\w*/.exec(text.slice(PROLOGUE.exec(text)[0].length))[0].toUpperCase();
}

/** The query with an outer LIMIT, or null where it has a dataset of its own or all rows are wanted. */
export function cap(text, most) {
  const prologue = PROLOGUE.exec(text)[0];
  const body = text.slice(prologue.length);
  if (!Number.isFinite(most) || /\bFROM\b/i.test(body)) return null;
  return `${prologue}\nSELECT * WHERE { { ${body}\n} } LIMIT ${most}`;
}
