# Terms of a document: Modes, stages of formation, conditions, directions and other terms that a document defines.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a ?type , skos:Concept ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    skos:definition ?meaning ;
    skos:broader ?broader ;
    iis:proposedBy ?proposed_by ;
    iis:period ?period ;
    iis:order ?order ;
    iis:followsStage ?follows ;
    iis:needsCondition ?needs ;
    iis:partOfSurvey ?part_of .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
  BIND(STRLANG(?definition, "en") AS ?meaning)
  BIND(IF(?class = "Concept", skos:Concept, IRI(CONCAT(STR(iis:), ?class))) AS ?type)
}
