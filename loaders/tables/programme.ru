# Programmes: Fields taught, by institutions or by those of a place together.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:Programme ;
    iis:inPlace ?place ;
    iis:offeredBy ?actor ;
    iis:ofField ?field ;
    iis:degreeLevel ?level ;
    iis:provision ?provision ;
    rdfs:label ?name .
} }
WHERE {
}
