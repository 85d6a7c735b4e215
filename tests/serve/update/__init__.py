"""The update operation of the SPARQL 1.1 Protocol."""
