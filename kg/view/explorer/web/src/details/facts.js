// The facts of a thing as groups of rows: a row is what a fact says, with every graph that says it.

/**
 * All quads that a term is in, each once, by its place: out (subject), into (object), used (property), inside (graph).
 * Where a term has several places in a quad, the first of these counts.
 */
export function quadsOf({ quads: { g, s, p, o } }, term) {
  const found = { out: [], into: [], used: [], inside: [] };
  for (let i = 0; i < s.length; i += 1) {
    if (s[i] === term) found.out.push(i);
    else if (o[i] === term) found.into.push(i);
    else if (p[i] === term) found.used.push(i);
    else if (g[i] === term) found.inside.push(i);
  }
  return found;
}

/**
 * Quads as groups by property, those with a name of their own first: [{property, direction, rows, count}];
 * a row is {subject, property, object, quads}.
 */
export function groups(app, quads, direction) {
  const { s, p, o } = app.graph.quads;
  const apart = direction === "out" || direction === "into";
  const byProperty = new Map();
  for (const quad of quads) {
    const key = apart ? p[quad] : -1;
    if (!byProperty.has(key)) byProperty.set(key, new Map());
    const rows = byProperty.get(key);
    const triple = `${s[quad]} ${p[quad]} ${o[quad]}`;
    if (!rows.has(triple)) rows.set(triple, { subject: s[quad], property: p[quad], object: o[quad], quads: [] });
    rows.get(triple).quads.push(quad);
  }
  const made = [...byProperty].map(([property, rows]) => ({
    property, direction, rows: sorted(app, [...rows.values()], direction), count: [...rows.values()].reduce((n, row) => n + row.quads.length, 0),
  }));
  if (!apart) return made;
  const rank = (group) => (standing(app, group.property) ? 1 : 0);
  const name = new Map(made.map((group) => [group, propertyName(app, group.property)]));
  return made.sort((a, b) => rank(a) - rank(b) || name.get(a).localeCompare(name.get(b), app.language));
}

/** The name of a property in the language shown; those of the standard vocabularies have theirs in the page. */
export function propertyName(app, property) {
  const key = `details.p.${app.graph.curie(app.graph.iri(property))}`;
  return !app.graph.labels.en.has(property) && Object.hasOwn(app.texts.en, key) ? app.t(key) : app.label(property);
}

/** Whether a property is one of a standard vocabulary, which every thing has. */
function standing(app, property) { return !app.graph.labels.en.has(property) && !app.graph.labels.zh.has(property); }

/** The term of a row that is not the one shown. */
export function otherOf(row, direction) { return direction === "into" ? row.subject : row.object; }

function sorted(app, rows, direction) {
  const names = new Map(rows.map((row) => [row, direction === "out" || direction === "into" ? app.label(otherOf(row, direction)) : `${app.label(row.subject)} ${app.label(row.object)}`]));
  const collator = new Intl.Collator(app.language === "zh" ? "zh-CN" : "en", { numeric: true });
  return rows.sort((a, b) => collator.compare(names.get(a), names.get(b)));
}
