# Memberships: Which place takes part in which agglomeration, region or zone, and in which role.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>

INSERT { GRAPH ?passage {
  ?place ?property ?region .
} }
WHERE {
  BIND(IRI(CONCAT(STR(iis:), ?role)) AS ?property)
}
