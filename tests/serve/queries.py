"""Queries that cost too much: each would take all of a server that runs it in its own process."""

from __future__ import annotations

_DOUBLED = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(32))
_VALUES = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(60)))} }}" for n in range(10))

KILLERS = {
    "a product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s }",
    "a product of VALUES": f"SELECT (COUNT(*) AS ?n) {{ {_VALUES} }}",
    "a sorted product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o } ORDER BY ?o ?a",
    "a string doubled 32 times": f'SELECT (STRLEN(?s32) AS ?n) {{ BIND("a" AS ?s0) {_DOUBLED} }}',
    "20,000 braces": f"ASK {'{' * 20_000}{'}' * 20_000}",
    "50,000 negations": f"SELECT ({'!' * 50_000}true AS ?x) {{}}",
}

ENDLESS = KILLERS["a product"]
"""Runs until it is stopped, in little memory."""
