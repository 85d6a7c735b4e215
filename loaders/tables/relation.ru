# Relations: Plain relations between two things.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>

INSERT { GRAPH ?passage {
  ?subject ?property ?object .
} }
WHERE {
  BIND(IRI(CONCAT(STR(iis:), ?relation)) AS ?property)
}
