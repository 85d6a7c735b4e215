"""From tables to a graph: `package.py` (files to rows), `resolve.py` (names to IRIs), `mapping.py` (rows to quads),
`rules.py` (derived facts), `build.py` (the whole way), `evidence.py` (passages and their check)."""
