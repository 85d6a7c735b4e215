# Answers to problems: Which recommendation or policy answers which problem.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX source: <https://w3id.org/iis-kg/source/>

INSERT { GRAPH ?graph {
  ?recommendation iis:addresses ?problem .
} }
WHERE {
  BIND(IF(?basis = "reading", source:editors, ?passage) AS ?graph)
}
