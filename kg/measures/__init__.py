"""Formulas of regional science on plain tables: no graph, no store, no RDF."""
