# Definitions: What a document, or one whom it cites, means by a thing.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:Definition ;
    iis:defines ?of ;
    iis:text ?text ;
    rdfs:label ?name .
} }
WHERE {
}
