"""The tables, indexes and views of the database, and what Datasette is to say of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_PASSAGE_OF = "  passage TEXT NOT NULL REFERENCES passages (id),\n  PRIMARY KEY"

TABLES: dict[str, str] = {
    "things": """CREATE TABLE things (
  id TEXT PRIMARY KEY,
  iri TEXT,
  label TEXT NOT NULL,
  label_en TEXT,
  label_zh TEXT,
  names TEXT,
  kind TEXT,
  class TEXT,
  class_label TEXT,
  status TEXT,
  places TEXT,
  statements INTEGER NOT NULL,
  passages INTEGER NOT NULL,
  drawn INTEGER NOT NULL
);
""",
    "sources": """CREATE TABLE sources (
  id TEXT PRIMARY KEY REFERENCES things (id),
  iri TEXT NOT NULL,
  title TEXT,
  authors TEXT,
  year TEXT,
  venue TEXT,
  doi TEXT,
  licence TEXT,
  passages INTEGER,
  facts INTEGER
);
""",
    "passages": """CREATE TABLE passages (
  id TEXT PRIMARY KEY REFERENCES things (id),
  iri TEXT NOT NULL,
  source TEXT NOT NULL REFERENCES sources (id),
  section TEXT,
  anchor TEXT
);
""",
    "facts": """CREATE TABLE facts (
  fact INTEGER PRIMARY KEY,
  subject TEXT NOT NULL REFERENCES things (id),
  property TEXT NOT NULL,
  property_label TEXT,
  value TEXT,
  thing TEXT REFERENCES things (id),
  datatype TEXT,
  language TEXT,
  graph TEXT NOT NULL,
  passage TEXT REFERENCES passages (id),
  source TEXT REFERENCES sources (id)
);
""",
    "relations": """CREATE TABLE relations (
  edge INTEGER PRIMARY KEY,
  source TEXT NOT NULL REFERENCES things (id),
  relation TEXT NOT NULL,
  relation_label TEXT,
  target TEXT NOT NULL REFERENCES things (id),
  status TEXT,
  via TEXT REFERENCES things (id)
);
""",
    "relation_passages": f"""CREATE TABLE relation_passages (
  edge INTEGER NOT NULL REFERENCES relations (edge),
{_PASSAGE_OF} (edge, passage)
);
""",
    "findings": """CREATE TABLE findings (
  id TEXT PRIMARY KEY REFERENCES things (id),
  iri TEXT NOT NULL,
  kind TEXT NOT NULL,
  rank INTEGER,
  label_en TEXT NOT NULL,
  label_zh TEXT,
  severity REAL NOT NULL,
  explanation TEXT,
  method TEXT,
  parameters TEXT
);
""",
    "finding_things": """CREATE TABLE finding_things (
  finding TEXT NOT NULL REFERENCES findings (id),
  thing TEXT NOT NULL REFERENCES things (id),
  PRIMARY KEY (finding, thing)
);
""",
    "finding_passages": f"""CREATE TABLE finding_passages (
  finding TEXT NOT NULL REFERENCES findings (id),
{_PASSAGE_OF} (finding, passage)
);
""",
    "issues": """CREATE TABLE issues (
  issue INTEGER PRIMARY KEY,
  about TEXT NOT NULL REFERENCES things (id),
  kind TEXT,
  explanation TEXT,
  known_from TEXT,
  said TEXT,
  unit TEXT,
  corrected_value TEXT,
  corrected_unit TEXT
);
""",
    "issue_passages": f"""CREATE TABLE issue_passages (
  issue INTEGER NOT NULL REFERENCES issues (issue),
{_PASSAGE_OF} (issue, passage)
);
""",
    "places": """CREATE TABLE places (
  id TEXT PRIMARY KEY REFERENCES things (id),
  label_en TEXT NOT NULL,
  label_zh TEXT,
  class_label TEXT,
  is_group INTEGER NOT NULL,
  is_agglomeration INTEGER NOT NULL,
  longitude REAL,
  latitude REAL
);
""",
}

INDEXES = tuple(
    f"CREATE INDEX {table}_{column} ON {table} ({column});\n"
    for table, columns in {
        "things": ("kind", "class"),
        "passages": ("source",),
        "facts": ("subject", "property", "thing", "passage", "source"),
        "relations": ("source", "target", "relation", "via"),
        "relation_passages": ("passage",),
        "findings": ("kind", "severity"),
        "finding_things": ("thing",),
        "finding_passages": ("passage",),
        "issues": ("about",),
        "issue_passages": ("passage",),
    }.items()
    for column in columns
)

VIEWS: dict[str, str] = {
    "who_says_so": """CREATE VIEW who_says_so AS
SELECT facts.fact, facts.subject, things.label AS subject_label, facts.property_label,
  COALESCE(other.label, facts.value) AS value, sources.title AS source, passages.section, passages.anchor
FROM facts JOIN things ON things.id = facts.subject LEFT JOIN things AS other ON other.id = facts.thing
  JOIN passages ON passages.id = facts.passage JOIN sources ON sources.id = passages.source;
""",
    "findings_and_passages": """CREATE VIEW findings_and_passages AS
SELECT findings.id AS finding, findings.kind, findings.severity, findings.label_en, findings.label_zh,
  sources.title AS source, passages.section, passages.anchor
FROM findings LEFT JOIN finding_passages ON finding_passages.finding = findings.id
  LEFT JOIN passages ON passages.id = finding_passages.passage LEFT JOIN sources ON sources.id = passages.source;
""",
    "relations_in_words": """CREATE VIEW relations_in_words AS
SELECT relations.edge, start.label AS source, start.kind AS source_kind, relations.relation_label AS relation,
  finish.label AS target, finish.kind AS target_kind, relations.status,
  (SELECT COUNT(*) FROM relation_passages WHERE relation_passages.edge = relations.edge) AS passages
FROM relations JOIN things AS start ON start.id = relations.source
  JOIN things AS finish ON finish.id = relations.target;
""",
    "places_on_a_map": """CREATE VIEW places_on_a_map AS
SELECT places.id, places.label_en, places.label_zh, places.class_label, places.longitude, places.latitude,
  (SELECT COUNT(*) FROM finding_things WHERE finding_things.thing = places.id) AS findings
FROM places WHERE places.longitude IS NOT NULL;
""",
}

SEARCHED: dict[str, tuple[str, ...]] = {
    "things": ("names",),
    "sources": ("title", "authors"),
    "passages": ("section", "anchor"),
    "facts": ("value",),
    "findings": ("label_en", "label_zh", "explanation"),
    "issues": ("explanation",),
    "places": ("label_en", "label_zh"),
}
"""The columns whose words are indexed, by table."""


@dataclass(frozen=True)
class About:
    """What is said of a table.

    Args:
        of: the table of the graph that it is, whose words for columns it has.
        title: what a row is, where it is none of them.
        columns: meanings of columns that are its own.
        facets: columns by which its page counts rows.
        label: column that stands for a row where another table refers to it.
    """

    of: str = ""
    title: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    label: str = ""


_PASSAGE = "passage that says so"

EXTRA: dict[str, About] = {
    "things": About(
        "nodes",
        columns={"label": "name in English, else in Chinese, else the id"},
        facets=("kind", "status", "class_label"),
        label="label",
    ),
    "sources": About("sources", label="title"),
    "passages": About("passages", facets=("source",), label="anchor"),
    "facts": About(
        "facts",
        columns={
            "thing": "the value, where it is a thing of which something is said",
            "passage": "passage that says so; empty for reference data and what was derived",
        },
        facets=("source", "property_label"),
    ),
    "relations": About("edges", facets=("relation_label", "status")),
    "relation_passages": About(title="Passages behind relations", columns={"edge": "relation", "passage": _PASSAGE}),
    "findings": About("findings", facets=("kind", "method"), label="label_en"),
    "finding_things": About(
        title="Things of which findings speak", columns={"finding": "finding", "thing": "thing of which it speaks"}
    ),
    "finding_passages": About(
        title="Passages behind findings", columns={"finding": "finding", "passage": "passage that it rests on"}
    ),
    "issues": About("issues", facets=("kind", "known_from")),
    "issue_passages": About(
        title="Passages that show what is wrong", columns={"issue": "what is wrong", "passage": "passage that shows it"}
    ),
    "places": About("places", facets=("class_label",), label="label_en"),
}

QUERIES: dict[str, dict[str, str]] = {
    "said-of": {
        "title": "What is said of a thing, and where",
        "sql": "SELECT subject_label, property_label, value, source, section, anchor FROM who_says_so "
        "WHERE subject = :thing ORDER BY property_label, value, source, section",
    },
    "findings-about": {
        "title": "Findings that speak of a thing, worst first",
        "sql": "SELECT findings.severity, findings.kind, findings.label_en, findings.explanation FROM findings "
        "JOIN finding_things ON finding_things.finding = findings.id WHERE finding_things.thing = :thing "
        "ORDER BY findings.severity DESC, findings.id",
    },
}
"""Questions that Datasette offers with a box for their parameter."""
