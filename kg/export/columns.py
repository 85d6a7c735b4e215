"""What the columns of the tables of a graph mean; the same words go into data packages, databases and workbooks."""

from __future__ import annotations

from kg.export.graph_tables import Column

_WHOLE, _NUMBER, _TRUE = "integer", "number", "boolean"


def table_columns(name: str) -> tuple[str, tuple[Column, ...]]:
    """What a row of a table is, and the columns of the table.

    >>> table_columns("places")[0]
    'Places, with the point of those that have one'
    """
    return _TABLES[name]


_PASSAGES = "passages that say so, ids with spaces between them"

_TABLES: dict[str, tuple[str, tuple[Column, ...]]] = {
    "nodes": (
        "Things that have a name",
        (
            Column("id", "compact IRI, such as place:baoji", needed=True),
            Column("iri", "the IRI in full"),
            Column("label_en", "name in English"),
            Column("label_zh", "name in Chinese"),
            Column("names", "all names and codes, with semicolons between them"),
            Column("kind", "kind by which the thing is drawn, else the prefix of its id"),
            Column("class", "narrowest class that a table gives, compact IRI"),
            Column("class_label", "name of the class"),
            Column("status", "actual, proposed or missing; empty for what is not drawn"),
            Column("places", "places that it belongs to or lies in, ids with spaces between them"),
            Column("statements", "facts of which it is the subject", _WHOLE, needed=True),
            Column("passages", "passages that say something of it", _WHOLE, needed=True),
            Column("drawn", "it is a thing of the network of all relations", _TRUE, needed=True),
        ),
    ),
    "edges": (
        "Relations between things, with who says so",
        (
            Column("edge", "number of the relation", _WHOLE, needed=True),
            Column("source", "thing from which it starts", refers="nodes", needed=True),
            Column("source_label", "its name"),
            Column("relation", "compact IRI of the property, or of the kind of the relation", needed=True),
            Column("relation_label", "its name"),
            Column("target", "thing at which it ends", refers="nodes", needed=True),
            Column("target_label", "its name"),
            Column("status", "actual; proposed where it is planned or recommended; missing where it is said to lack"),
            Column("via", "statement between the two that says so, where there is one"),
            Column("sources", "sources that say so, ids with spaces between them"),
            Column("passages", _PASSAGES),
        ),
    ),
    "sources": (
        "Sources that the graph was made from",
        (
            Column("id", "compact IRI", needed=True),
            Column("iri", "the IRI in full", needed=True),
            Column("title", "title in English"),
            Column("authors", "authors, in the order of the document"),
            Column("year", "year of publication"),
            Column("venue", "journal, proceedings or publisher"),
            Column("doi", "digital object identifier"),
            Column("licence", "licence, as the source states it"),
            Column("passages", "passages that facts are taken from", _WHOLE),
            Column("facts", "statements taken from it", _WHOLE),
        ),
    ),
    "passages": (
        "Passages: who says it, and where",
        (
            Column("id", "compact IRI, which is also the graph of its facts", needed=True),
            Column("iri", "the IRI in full", needed=True),
            Column("source", "source that it stands in", refers="sources", needed=True),
            Column("section", "section of the source"),
            Column("anchor", "words by which the place is found again"),
        ),
    ),
    "facts": (
        "Every statement, with who says so",
        (
            Column("fact", "number of the statement", _WHOLE, needed=True),
            Column("subject", "thing of which it is said, compact IRI", needed=True),
            Column("subject_label", "its name"),
            Column("property", "what is said, compact IRI", needed=True),
            Column("property_label", "its name"),
            Column("value", "thing as compact IRI, or text or number as it was written"),
            Column("value_label", "name of the thing"),
            Column("datatype", "datatype of a text or number, compact IRI; empty for things"),
            Column("language", "language of a text"),
            Column("graph", "graph that holds it: passage, source, ontology, or rule that derived it", needed=True),
            Column("source", "source that says so; empty for what was derived", refers="sources"),
            Column("section", "section of the source, where a passage says so"),
            Column("anchor", "words by which the passage is found again"),
        ),
    ),
    "findings": (
        "What the analyses found, with the passages behind it",
        (
            Column("id", "compact IRI", needed=True),
            Column("iri", "the IRI in full", needed=True),
            Column("kind", "kind of finding", needed=True),
            Column("rank", "place among the findings of its kind, 1 for the worst", _WHOLE),
            Column("label_en", "finding in English", needed=True),
            Column("label_zh", "finding in Chinese, where it has one"),
            Column("severity", "how bad it is, 0 to 1", _NUMBER, needed=True),
            Column("explanation", "what the severity is made of"),
            Column("method", "analysis that found it"),
            Column("parameters", "parameters with which the analysis finds it again"),
            Column("about", "things that it speaks of, ids with spaces between them"),
            Column("passages", "passages that it rests on, ids with spaces between them"),
        ),
    ),
    "issues": (
        "What the sources get wrong",
        (
            Column("issue", "number of the fault", _WHOLE, needed=True),
            Column("about", "thing or figure that is flagged", refers="nodes", needed=True),
            Column("about_label", "its name"),
            Column("kind", "kind of fault"),
            Column("explanation", "why it cannot be right"),
            Column("known_from", "how it is known"),
            Column("said", "value as said, where a figure is flagged"),
            Column("unit", "unit of the value as said"),
            Column("corrected_value", "right value, where it is certain"),
            Column("corrected_unit", "unit of the right value"),
            Column("passages", "passages that show the fault, ids with spaces between them"),
        ),
    ),
    "places": (
        "Places, with the point of those that have one",
        (
            Column("id", "compact IRI", refers="nodes", needed=True),
            Column("label_en", "name in English", needed=True),
            Column("label_zh", "name in Chinese"),
            Column("class_label", "class, such as city or county"),
            Column("is_group", "it stands for several places", _TRUE, needed=True),
            Column("is_agglomeration", "it is an urban agglomeration", _TRUE, needed=True),
            Column("longitude", "degrees east, WGS 84", _NUMBER),
            Column("latitude", "degrees north, WGS 84", _NUMBER),
        ),
    ),
}
