"""The recommendations of the W3C on SPARQL over HTTP, case by case."""
