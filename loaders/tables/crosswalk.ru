# Crosswalk of fields and industries: Which field serves which industry, as a node that tells who says so, and plainly.
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:CrosswalkPair ;
    iis:ofField ?field ;
    iis:inIndustry ?industry ;
    iis:judgedBy ?judge ;
    iis:basedOn ?iscedf , ?gbt4754 ;
    iis:needsLevel ?needs_level ;
    iis:inPlace ?place ;
    rdfs:label ?name .
  ?field iis:serves ?industry .
} }
WHERE {
  BIND(IRI(CONCAT(STR(concept:), ?judged_by)) AS ?judge)
}
