# Events: What happened or will happen.
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a iis:Event ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    iis:concerns ?subject ;
    iis:inPlace ?place ;
    iis:performedBy ?actor ;
    iis:inIndustry ?industry ;
    iis:period ?period ;
    iis:status ?actuality .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
  BIND(COALESCE(?status, concept:actual) AS ?actuality)
}
