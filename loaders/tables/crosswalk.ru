# Crosswalk of fields and industries: Which field of study serves which industry.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>

INSERT { GRAPH ?passage {
  ?field iis:serves ?industry .
} }
WHERE {
}
