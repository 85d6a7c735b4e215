# Data issues: What a source gets wrong; the fact is loaded as said and flagged.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:DataIssue ;
    iis:issueAbout ?about ;
    iis:issueKind ?kind ;
    iis:knownFrom ?known_from ;
    iis:explanation ?explanation ;
    iis:correctedValue ?corrected_value ;
    iis:correctedUnit ?corrected_unit ;
    rdfs:label ?name .
} }
WHERE {
}
